import { defineRule } from "../../rule.ts";

export const entityHasId = defineRule({
  code: "schema/entity-has-id",
  severity: "error",
  message: "{entity} has no t.id() field.",
  why: "Nothing can refer to its rows, and no route, update or event can say which one is meant.",
  fix: 'Add id: t.id("{prefix}").',
  check({ model }, report) {
    for (const { id, name, fields } of model.entities) {
      if (fields.every(({ kind }) => kind !== "id")) report(id, { entity: id, prefix: name.slice(0, 3).toLowerCase() });
    }
  },
});
