import { unindexedFields } from "../../../facts/indexed-fields.ts";
import { isSmallTable } from "../../../facts/table-size.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const policyFieldIsIndexed = defineRule({
  code: "schema/policy-field-is-indexed",
  severity: "warning",
  message: "What {role} may see of {entity} depends on {fields}, without an index.",
  why: "The rule becomes a part of every list that {role} asks for: the database reads every row of {entity} and throws away those of everybody else.",
  fix: "Add .index() to {fields}.",
  check({ model, selections }, report) {
    const paged = new Set(selections.filter(({ use }) => use === "page").map(({ entity }) => entity));
    for (const entity of model.entities) {
      if (isSmallTable(entity)) continue;
      for (const [index, { role, can, where }] of entity.access.entries()) {
        // A row that is read by its id is found by its id, whatever the rule says then.
        const lists = can.includes("list") || (can.includes("read") && paged.has(entity.id));
        const fields = where && lists ? unindexedFields(where, entity) : [];
        if (fields.length === 0) continue;
        report([`${entity.id}.access.${index}`, ...fields.map((field) => `${entity.id}.${field}`)], {
          role,
          entity: entity.id,
          fields: listed(fields),
        });
      }
    }
  },
});
