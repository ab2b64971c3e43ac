import { missingIndexes } from "../../../facts/indexed-fields.ts";
import { isSmallTable } from "../../../facts/table-size.ts";
import { indexesToAdd, listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const filteredFieldIsIndexed = defineRule({
  code: "schema/filtered-field-is-indexed",
  severity: "warning",
  message: "{by} selects {entity} by {fields}, without an index.",
  why: "Each time, the database reads every row of {entity} to find the few that are meant.",
  fix: "Add {indexes}.",
  check({ selections, items }, report) {
    for (const { by, entity, use, condition } of selections) {
      const selected = items.entities.get(entity);
      if (!selected || !condition || use === "policy" || isSmallTable(selected)) continue;
      const missing = missingIndexes(condition, selected, use === "page");
      const fields = missing.map(({ field }) => field);
      if (missing.length === 0) continue;
      report([by, ...fields.map((field) => `${entity}.${field}`)], { by, entity, fields: listed(fields), indexes: indexesToAdd(missing) });
    }
  },
});
