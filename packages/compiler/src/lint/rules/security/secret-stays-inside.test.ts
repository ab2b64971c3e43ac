import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { secretStaysInside } from "./secret-stays-inside.ts";

test("a secret in an event is reported", () => {
  const { Orders, contexts } = sample();
  Orders.event("KeyIssued", { key: t.secret() });
  expect(findings(secretStaysInside, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[security/secret-stays-inside] at orders.KeyIssued.key
      orders.KeyIssued.key is a secret in an event.
      why: There it leaves the safe: an event is stored and copied as plain text, an answer comes without the field, and the input of a query is a part of the URL, which logs and histories keep.
      fix: Hand over the id of the row that holds it, and take it from callers only in the input of a command."
  `);
});

test("a secret in an answer is reported, and one in the input of a query", () => {
  const { Orders, customer, contexts } = sample();
  Orders.query("checkKey", {
    allow: [customer],
    input: { key: t.secret() },
    returns: { again: t.secret() },
    async handle({ input }) {
      return { again: input.key };
    },
  });
  const text = findings(secretStaysInside, modelOf(contexts));
  expect(text).toContain("orders.checkKey.input.key is a secret in the input of a query.");
  expect(text).toContain("orders.checkKey.returns.again is a secret in an answer.");
});

test("a secret in the input of a command is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.command("setKey", { allow: [customer], input: { key: t.secret() }, async handle() {} });
  expect(findings(secretStaysInside, modelOf(contexts))).toBe("");
});
