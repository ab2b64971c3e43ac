import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { dataFlow } from "./data-flow.ts";

const subject = subjectOf(sampleShop());

test("the personal data that leave for a third party are named, with the call that carries them", () => {
  expect(toldBy(dataFlow, subject)[0]).toContain("Personal data leave for bank by bank.charge.");
  expect(linesAbout(dataFlow, subject, "bank.charge | orders.pay")[0]).toContain(" | payer | ");
});

test("a call says what happens when the far side does not answer", () => {
  expect(linesAbout(dataFlow, subject, "bank.charge | orders.pay")[0]).toMatch(
    /given up after .+; no retries; refusal, and when to come back$/,
  );
});

test("a webhook that nothing proves is shown as such", () => {
  expect(linesAbout(dataFlow, subject, "bank.charge.settled | order")[0]).toContain("not verified | orders.settle");
});

test("a caller who got no answer is told whether he may ask again", () => {
  expect(linesAbout(dataFlow, subject, "| orders.placeOrder |")[0]).toContain("send it again under the same Idempotency-Key");
  expect(linesAbout(dataFlow, subject, "| orders.pay |")[0]).toContain("the model does not say what a second run does");
});

test("the picture leads over each boundary, and marks where personal data go", () => {
  const lines = toldBy(dataFlow, subject);
  expect(lines).toContain("context orders → third bank: personal data");
  expect(lines).toContain("third bank → context orders");
});
