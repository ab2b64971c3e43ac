import { undeclaredPersonalFields } from "../../../facts/personal-data.ts";
import { fieldNames } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const thirdPartyFieldSaysBasis = defineRule({
  code: "privacy/third-party-field-says-basis",
  severity: "warning",
  message: "{call} hands {fields} to {integration}, and does not say on what ground and for how long.",
  why: "What a third party is given about people has to stand in the contract with it and in the record of processing, and has to be deleted there too.",
  fix: "Hand over an id instead, or add .pii(ground, time) to the field.",
  check({ model }, report) {
    for (const { name, calls } of model.integrations) {
      for (const { id, input } of calls) {
        const undeclared = undeclaredPersonalFields(input, `${id}.input`);
        const [first, ...others] = undeclared.map(({ path }) => path);
        if (first !== undefined) report([first, ...others], { call: id, integration: name, fields: fieldNames(undeclared, `${id}.input`) });
      }
    }
  },
});
