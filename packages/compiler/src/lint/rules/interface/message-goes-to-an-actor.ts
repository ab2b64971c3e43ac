import { typeOf } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const messageGoesToAnActor = defineRule({
  code: "interface/message-goes-to-an-actor",
  severity: "error",
  message: "{message} is sent to {recipient}, which is nobody's account.",
  why: "A message needs a person with an address; there is none behind this id, so it is never delivered.",
  fix: "Send it to the id of an entity that a role names as its actor{actors}.",
  check({ model }, report) {
    const actors = [...new Set(model.roles.flatMap(({ actor }) => actor ?? []))];
    for (const { id, event, to } of model.messages) {
      const type = typeOf(to);
      if (type.kind === "ref" && actors.includes(type.entity)) continue;
      const recipient = type.kind === "ref" ? `the id of ${type.entity}` : `a value of the kind ${type.kind}`;
      report([id, event], { message: id, recipient, actors: actors.length > 0 ? `: ${actors.join(", ")}` : "" });
    }
  },
});
