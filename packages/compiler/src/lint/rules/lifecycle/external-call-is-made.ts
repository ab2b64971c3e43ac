import { defineRule } from "../../rule.ts";

export const externalCallIsMade = defineRule({
  code: "lifecycle/external-call-is-made",
  severity: "info",
  message: "{call} is declared, and no operation makes it.",
  why: "Somebody meant to do this at {integration}: what it was meant to undo or to follow up stays as it is there.",
  fix: "Make the call where it belongs, or take it out of {integration}.",
  check({ model, calls }, report) {
    for (const { name, calls: own } of model.integrations) {
      for (const { id } of own) if (calls.callersOf(id).length === 0) report([id, name], { call: id, integration: name });
    }
  },
});
