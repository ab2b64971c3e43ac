import type { AccessRule, Entity } from "@archwright/model";
import { rulesFor } from "../../../facts/entity-use.ts";
import { missingIndexes, type MissingIndex } from "../../../facts/indexed-fields.ts";
import { isSmallTable } from "../../../facts/table-size.ts";
import { indexesToAdd, listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const policyFieldIsIndexed = defineRule({
  code: "schema/policy-field-is-indexed",
  severity: "warning",
  message: "What {role} may see of {entity} depends on {fields}, without an index.",
  why: "The rule becomes a part of every list that {role} asks for: the database reads every row of {entity} and throws away those of everybody else.",
  fix: "Add {indexes}.",
  check({ model, selections }, report) {
    const paged = new Set(selections.filter(({ use }) => use === "page").map(({ entity }) => entity));
    for (const entity of model.entities) {
      if (isSmallTable(entity)) continue;
      for (const [index, rule] of entity.access.entries()) {
        const missing = missingFor(rule, entity, paged.has(entity.id));
        const fields = missing.map(({ field }) => field);
        if (missing.length === 0) continue;
        const at = [`${entity.id}.access.${index}`, ...fields.map((field) => `${entity.id}.${field}`)] as const;
        report(at, { role: rule.role, entity: entity.id, fields: listed(fields), indexes: indexesToAdd(missing) });
      }
    }
  },
});

/** A row that is read by its id is found by its id, whatever the rule says then. The schema indexes a list rule that is a role's only one. */
function missingFor({ role, can, where }: AccessRule, entity: Entity, isPaged: boolean): readonly MissingIndex[] {
  const lists = can.includes("list");
  if (!where || !(lists || (isPaged && can.includes("read")))) return [];
  const isOnly = rulesFor(entity, "list").filter((rule) => rule.role === role).length === 1;
  return missingIndexes(where, entity, lists && isOnly);
}
