import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { commandIsImperative } from "./command-is-imperative.ts";

function withCommands(...names: readonly string[]) {
  const { Orders, customer, contexts } = sample();
  for (const name of names) Orders.command(name, { allow: [customer], async handle() {} });
  return modelOf(contexts);
}

test("a command that begins with the thing is reported", () => {
  expect(findings(commandIsImperative, withCommands("orderPlace"))).toMatchInlineSnapshot(`
    "info[interface/command-is-imperative] at orders.orderPlace
      The command orders.orderPlace does not begin with what it does.
      why: A command is an order that may be refused. Named like a thing or like the past, it is taken for an entity or an event in every list.
      fix: Begin with the verb: placeOrder, cancelOrder, markPaid."
  `);
});

test("commands named after the past, the doing or the notion are reported", () => {
  const text = findings(commandIsImperative, withCommands("userRemoved", "cancellation", "sendingOrder"));
  expect(text.match(/at orders\.\w+/g)).toEqual(["at orders.cancellation", "at orders.sendingOrder", "at orders.userRemoved"]);
});

test("verbs are accepted, known or not, and so are verbs that look like something else", () => {
  expect(
    findings(
      commandIsImperative,
      withCommands("placeOrder", "markPaid", "pin", "order", "defenestrate", "commentOnOrder", "positionItem", "bringBack", "needHelp"),
    ),
  ).toBe("");
});
