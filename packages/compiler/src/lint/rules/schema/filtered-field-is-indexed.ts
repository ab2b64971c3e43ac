import { unindexedFields } from "../../../facts/indexed-fields.ts";
import { isSmallTable } from "../../../facts/table-size.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const filteredFieldIsIndexed = defineRule({
  code: "schema/filtered-field-is-indexed",
  severity: "warning",
  message: "{by} selects {entity} by {fields}, without an index.",
  why: "Each time, the database reads every row of {entity} to find the few that are meant.",
  fix: "Add .index() to {fields}, or name them together in `index` of {entity}.",
  check({ selections, items }, report) {
    for (const { by, entity, use, condition } of selections) {
      const selected = items.entities.get(entity);
      if (!selected || !condition || use === "policy" || isSmallTable(selected)) continue;
      const fields = unindexedFields(condition, selected);
      if (fields.length > 0) report([by, ...fields.map((field) => `${entity}.${field}`)], { by, entity, fields: listed(fields) });
    }
  },
});
