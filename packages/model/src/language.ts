// The words that a model is written in. The types are exported whole, so that a model may be compiled to declarations too.
export { context } from "./language/context.ts";
export type * from "./language/context.ts";
export type * from "./language/expressions.ts";
export { t } from "./language/fields.ts";
export type * from "./language/fields.ts";
export { integration } from "./language/integration.ts";
export type * from "./language/integration.ts";
export { decimal, money } from "./language/money.ts";
export { role } from "./language/role.ts";
export type * from "./language/scopes.ts";
export { system } from "./language/system.ts";
export type { Decisions, System } from "./language/system.ts";
export { unknown } from "./language/values.ts";
export type * from "./language/values.ts";
