export type { Artefact, Emitter, Stamp } from "./emit/emitter.ts";
export { emitters } from "./emit/emitters.ts";
export { emitOpenApi } from "./emit/openapi/document.ts";
export { emitSql } from "./emit/sql/emit-sql.ts";
export { factsOf, type Facts } from "./facts/facts.ts";
export { acceptanceRules } from "./lint/acceptance.ts";
export { lint } from "./lint/engine.ts";
export type { Rule, RuleWords } from "./lint/rule.ts";
export { rules } from "./lint/rules.ts";
