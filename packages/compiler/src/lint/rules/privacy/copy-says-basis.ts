import { isPerson, looksPersonal } from "../../../facts/personal-data.ts";
import { defineRule } from "../../rule.ts";

export const copySaysBasis = defineRule({
  code: "privacy/copy-says-basis",
  severity: "warning",
  message: "{by} copies {from}, which is personal, into {to}, which does not say so.",
  why: "The copy is kept for ever: nobody who deletes the person's data knows that it is there.",
  fix: "Copy the id of the row instead, or add .pii(ground, time) to {to}.",
  check({ flows, items, model }, report) {
    for (const { by, from, to } of flows) {
      const target = items.entities.get(to.item);
      // A field that looks personal by itself is asked for its ground where it stands.
      const isAsked = looksPersonal(to.field, target !== undefined && isPerson(target, model.roles));
      if (!from.field.personal || to.field.personal || isAsked) continue;
      const [source, copy] = [`${from.item}.${from.field.name}`, `${to.item}.${to.field.name}`];
      report([by, source, copy], { by, from: source, to: copy });
    }
  },
});
