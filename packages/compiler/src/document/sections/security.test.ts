import { context } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf } from "../subject/testing.ts";
import { security } from "./security.ts";

const subject = subjectOf(sampleShop());

test("a webhook without proof is a gap at its boundary", () => {
  expect(linesAbout(security, subject, "nothing proves who sends it")).toEqual([
    "- Spoofing from bank to the system: nothing proves who sends it.",
    "Spoofing | somebody sends an event in the name of bank |  | LACKS nothing proves who sends it",
  ]);
});

test("a call that changes something without a key, a text without a bound and a command without idempotency are gaps", () => {
  expect(linesAbout(security, subject, "- Tampering")).toEqual([
    "- Tampering from clients to the system: no bound for placeOrder: note.",
    "- Tampering from clients to the system: orders.pay may act twice.",
    "- Tampering from the system to bank: bank.charge takes no idempotency key: a repeated call acts again at bank.",
  ]);
});

test("an operation that everybody may ask only by default is a gap", () => {
  const { contexts } = sample();
  const Open = context("open");
  Open.query("peek", { async handle() {} });
  const lines = linesAbout(security, subjectOf(modelOf([...contexts, Open])), "open.peek");
  expect(lines).toContain("- Spoofing from clients to the system: nobody has said who may ask open.peek.");
  expect(lines).toContain("open.peek | yes, by default | yes, by default | yes, by default");
});

test("the matrix says for each role what it may do with the rows of each entity", () => {
  expect(linesAbout(security, subject, "orders.Order | ")[0]).toBe("orders.Order | list some, read some | list, read | nothing");
  expect(linesAbout(security, subject, "Order: read, list | ")).toEqual(["Order: read, list | customer | the buyer is the caller"]);
});

test("records of processing name basis, retention and recipients, and who forgets", () => {
  expect(linesAbout(security, subject, "identity.User | email and name")[0]).toMatch(/ \| contract \| 90 days \| .+ \| nobody$/);
  expect(linesAbout(security, subject, "error: Nothing in the model removes rows of identity.User")).toHaveLength(1);
});

test("every key that the model needs stands in the inventory", () => {
  expect(linesAbout(security, subject, "key for bank | ")[0]).toContain("to call charge");
  expect(linesAbout(security, subject, "password of the database | ")).toHaveLength(1);
});
