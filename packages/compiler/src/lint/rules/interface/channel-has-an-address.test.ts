import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { channelHasAnAddress } from "./channel-has-an-address.ts";

function withConfirmation(channel: "sms" | "email") {
  const { Orders, User, customer, contexts } = sample();
  const OrderPlaced = Orders.event("OrderPlaced", { buyer: t.ref(User) });
  Orders.command("placeOrder", { allow: [customer], body: ({ me, emit }) => emit(OrderPlaced, { buyer: me.id }) });
  Orders.message("confirmation", { on: OrderPlaced, to: (event) => event.buyer, by: [channel], subject: "Your order", text: "Thank you." });
  return modelOf(contexts);
}

test("a text message to somebody without a phone is reported", () => {
  expect(findings(channelHasAnAddress, withConfirmation("sms"))).toMatchInlineSnapshot(`
    "error[interface/channel-has-an-address] at orders.confirmation
      orders.confirmation goes out by sms, and identity.User has no t.phone() field.
      why: There is no address to send it to, so nobody ever gets it.
      fix: Add the field to identity.User, or take "sms" out of \`by\`."
  `);
});

test("an e-mail to somebody with an address is accepted", () => {
  expect(findings(channelHasAnAddress, withConfirmation("email"))).toBe("");
});
