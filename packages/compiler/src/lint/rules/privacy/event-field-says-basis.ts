import { undeclaredPersonalFields } from "../../../facts/personal-data.ts";
import { fieldNames } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const eventFieldSaysBasis = defineRule({
  code: "privacy/event-field-says-basis",
  severity: "warning",
  message: "{event} carries {fields}, and does not say on what ground and for how long.",
  why: "An event is kept and copied by whoever reacts to it: an erasure that knows nothing of it leaves the data there.",
  fix: "Carry the id of the person, or add .pii(ground, time) to the field.",
  check({ model }, report) {
    for (const { id, fields } of model.events) {
      const undeclared = undeclaredPersonalFields(fields, id);
      const [first, ...others] = undeclared.map(({ path }) => path);
      if (first !== undefined) report([first, ...others], { event: id, fields: fieldNames(undeclared, id) });
    }
  },
});
