import { defineRule } from "../../rule.ts";

export const entityListHasMax = defineRule({
  code: "capacity/entity-list-has-max",
  severity: "info",
  message: "{path} is a list without a maximum.",
  why: "Each read of {entity} brings all of its items along, so the rows that are used most get slower every day.",
  fix: "Add .max(…), or make the items an entity of their own, which is read by pages.",
  check({ fields }, report) {
    for (const { holder, item, path, field } of fields) {
      if (holder === "entity" && field.kind === "list" && field.max === undefined) report(path, { path, entity: item });
    }
  },
});
