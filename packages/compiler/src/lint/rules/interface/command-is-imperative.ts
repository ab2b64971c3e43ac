import { kebab } from "@archwright/model";
import { isNoImperative } from "../../english.ts";
import { defineRule } from "../../rule.ts";

export const commandIsImperative = defineRule({
  code: "interface/command-is-imperative",
  severity: "info",
  message: "The command {command} does not begin with what it does.",
  why: "A command is an order that may be refused. Named like a thing or like the past, it is taken for an entity or an event in every list.",
  fix: "Begin with the verb: placeOrder, cancelOrder, markPaid.",
  check({ model }, report) {
    const nouns = new Set(model.entities.map(({ name }) => kebab(name)));
    for (const { kind, id, name } of model.operations) {
      if (kind === "command" && isNoImperative(name, nouns)) report(id, { command: id });
    }
  },
});
