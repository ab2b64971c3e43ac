import { looksPersonal } from "../../../facts/personal-data.ts";
import { defineRule } from "../../rule.ts";

export const copySaysBasis = defineRule({
  code: "privacy/copy-says-basis",
  severity: "warning",
  message: "{by} copies {from}, which is personal, into {to}, which does not say so.",
  why: "The copy is kept for ever: nobody who deletes the person's data knows that it is there.",
  fix: "Copy the id of the row instead, or add .pii(ground, time) to {to}.",
  check({ flows }, report) {
    for (const { by, from, to } of flows) {
      // A field that looks personal by itself is asked for its ground where it stands.
      if (!from.field.personal || to.field.personal || looksPersonal(to.field, true)) continue;
      const [source, target] = [from, to].map(({ item, field }) => `${item}.${field.name}`);
      if (source !== undefined && target !== undefined) report([by, source, target], { by, from: source, to: target });
    }
  },
});
