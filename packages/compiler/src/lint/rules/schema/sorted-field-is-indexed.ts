import { indexedFields } from "../../../facts/indexed-fields.ts";
import { isSmallTable } from "../../../facts/table-size.ts";
import { defineRule } from "../../rule.ts";

export const sortedFieldIsIndexed = defineRule({
  code: "schema/sorted-field-is-indexed",
  severity: "info",
  message: "{by} sorts {entity} by {field}, without an index.",
  why: "For each page the database sorts all rows that match, to give away the first few.",
  fix: "Add .index() to {field}.",
  check({ selections, items }, report) {
    for (const { by, entity, sort } of selections) {
      const selected = items.entities.get(entity);
      if (!selected || !sort || isSmallTable(selected) || indexedFields(selected).has(sort.field)) continue;
      report([by, `${entity}.${sort.field}`], { by, entity, field: sort.field });
    }
  },
});
