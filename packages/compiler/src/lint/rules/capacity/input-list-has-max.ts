import { nestedFields } from "../../../facts/nested-fields.ts";
import { defineRule } from "../../rule.ts";

export const inputListHasMax = defineRule({
  code: "capacity/input-list-has-max",
  severity: "warning",
  message: "{path} is a list without a maximum.",
  why: "One request may bring as many items as fit into its body, each of which is a row to lock or to write in the same transaction.",
  fix: "Add .max(…): the most that anybody sends at once.",
  check({ model }, report) {
    for (const { id, input, allow } of model.operations) {
      // What the system calls gets its lists from operations, which are asked for their own.
      if (allow.kind === "system") continue;
      for (const { path, field } of nestedFields(input, `${id}.input`)) {
        if (field.kind === "list" && field.max === undefined) report(path, { path });
      }
    }
  },
});
