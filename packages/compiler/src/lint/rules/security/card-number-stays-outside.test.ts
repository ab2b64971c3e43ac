import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { cardNumberStaysOutside } from "./card-number-stays-outside.ts";

function withPay(input: "cardNumber" | "giftCardNumber") {
  const { Orders, customer, contexts } = sample();
  Orders.command("pay", { allow: [customer], input: { [input]: t.text().max(19) }, async handle() {} });
  return modelOf(contexts);
}

test("a card number in the input of a command is reported", () => {
  expect(findings(cardNumberStaysOutside, withPay("cardNumber"))).toMatchInlineSnapshot(`
    "error[security/card-number-stays-outside] at orders.pay.input.cardNumber
      orders.pay.input.cardNumber takes a card's number through this system.
      why: It puts every server, log and backup that it passes under the full PCI DSS, some 300 requirements; a security code may not be stored at all.
      fix: Let the payment provider's own form take the card, and keep the token that it answers with."
  `);
});

test("the number of a card that does not pay is accepted", () => {
  expect(findings(cardNumberStaysOutside, withPay("giftCardNumber"))).toBe("");
});
