import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { commandSaysWhoMay } from "./command-says-who-may.ts";

test("a command that does not say who may call it is reported", () => {
  const { Orders, Order, contexts } = sample();
  Orders.command("removeOrder", { input: { order: t.ref(Order) }, body: ({ input, remove }) => remove(Order, input.order) });
  expect(findings(commandSaysWhoMay, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[security/command-says-who-may] at orders.removeOrder
      orders.removeOrder does not say who may call it, so anyone may, signed in or not.
      why: Whoever finds its route can change your data, and no log will know who it was.
      fix: Say allow: [customer, staff], "system" for what only events and jobs run, or "anyone" if that is meant."
  `);
});

test("a command that says who may call it is accepted, even if that is anyone", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("removeOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    body: ({ input, remove }) => remove(Order, input.order),
  });
  Orders.command("clearNote", {
    allow: "anyone",
    input: { order: t.ref(Order) },
    body: ({ input, update }) => update(Order, input.order, { note: "" }),
  });
  expect(findings(commandSaysWhoMay, modelOf(contexts))).toBe("");
});
