import type { AccessRule, Entity } from "@archwright/model";
import { rulesFor } from "../../../facts/entity-use.ts";
import { defineRule } from "../../rule.ts";

export const changeNeedsRead = defineRule({
  code: "security/change-needs-read",
  severity: "error",
  message: "{role} may {change} {which} of {entity}, and may read {readable}.",
  why: "The database shows a statement only the rows that may be read: the change finds nothing, and the client gets a 404 for what it is allowed to do.",
  fix: 'Add "read" to the rule, or give it the same `where` as the rule that reads.',
  check({ model }, report) {
    for (const entity of model.entities) {
      for (const [index, rule] of entity.access.entries()) {
        const change = rule.can.find((action) => action === "update" || action === "delete");
        const gap = change && gapOf(rule, entity);
        if (gap) report(`${entity.id}.access.${index}`, { role: rule.role, change, entity: entity.id, ...gap });
      }
    }
  },
});

/** Two conditions that differ are not compared: only a rule over all rows surely reaches further than one over some. */
function gapOf(rule: AccessRule, entity: Entity): { readonly which: string; readonly readable: string } | undefined {
  const reading = rulesFor(entity, "read", "list").filter(({ role }) => role === rule.role);
  if (reading.length === 0) return { which: rule.where ? "some rows" : "the rows", readable: "none" };
  const readsSome = reading.every(({ where }) => where !== undefined);
  return rule.where === undefined && readsSome ? { which: "every row", readable: "some only" } : undefined;
}
