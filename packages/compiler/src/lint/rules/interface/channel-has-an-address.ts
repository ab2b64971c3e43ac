import { typeOf, type FieldKind, type Message } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const channelHasAnAddress = defineRule({
  code: "interface/channel-has-an-address",
  severity: "error",
  message: "{message} goes out by {channel}, and {recipient} has no t.{field}() field.",
  why: "There is no address to send it to, so nobody ever gets it.",
  fix: 'Add the field to {recipient}, or take "{channel}" out of `by`.',
  check({ items, model }, report) {
    const actors = new Set(model.roles.map(({ actor }) => actor));
    for (const { id, to, by } of model.messages) {
      const type = typeOf(to);
      // Whether it goes to a person at all is asked by interface/message-goes-to-an-actor.
      const recipient = type.kind === "ref" && actors.has(type.entity) ? items.entities.get(type.entity) : undefined;
      for (const channel of by) {
        const field = addressOf[channel];
        if (!recipient || field === undefined || recipient.fields.some(({ kind }) => kind === field)) continue;
        report([id, recipient.id], { message: id, channel, recipient: recipient.id, field });
      }
    }
  },
});

/** A push goes to a device, which the person's row does not name. */
const addressOf: { readonly [C in Message["by"][number]]: FieldKind | undefined } = { email: "email", sms: "phone", push: undefined };
