import { defineRule } from "../../rule.ts";

export const inputListHasMax = defineRule({
  code: "capacity/input-list-has-max",
  severity: "warning",
  message: "{path} is a list without a maximum.",
  why: "One request may bring as many items as fit into its body, each of which is a row to lock or to write in the same transaction.",
  fix: "Add .max(…): the most that anybody sends at once.",
  check({ fields, items }, report) {
    for (const { holder, item, path, field } of fields) {
      if (holder !== "input" || field.kind !== "list" || field.max !== undefined) continue;
      // What the system calls gets its lists from operations, which are asked for their own.
      if (items.operations.get(item)?.allow.kind !== "system") report(path, { path });
    }
  },
});
