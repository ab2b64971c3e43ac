import { isPerson, undeclaredPersonalFields } from "../../../facts/personal-data.ts";
import { fieldNames } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const personalFieldSaysBasis = defineRule({
  code: "privacy/personal-field-says-basis",
  severity: "warning",
  message: "{entity} keeps {fields}, and does not say on what ground and for how long.",
  why: "Personal data without a ground may not be kept, and without a time nobody ever deletes it: neither the record of processing nor an erasure can name it.",
  fix: 'Add .pii("contract", "90d"), with the ground and the time that hold here; or accept this check if it is nobody\'s data.',
  check({ model }, report) {
    for (const entity of model.entities) {
      const undeclared = undeclaredPersonalFields(entity.fields, entity.id, isPerson(entity, model.roles));
      const [first, ...others] = undeclared.map(({ path }) => path);
      if (first !== undefined) report([first, ...others], { entity: entity.id, fields: fieldNames(undeclared, entity.id) });
    }
  },
});
