import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { broker } from "./broker.ts";
import { ordering } from "./ordering.ts";
import { relay } from "./relay.ts";

function orders(pin?: "kafka") {
  const { Orders, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { note: t.text().max(10) });
  const place = Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  const note = Orders.command("note", { allow: "system", input: { note: t.text().max(10) } });
  Orders.on(Placed, note);
  return modelOf(contexts, {
    load: [{ on: place, mean: "5/s", peak: "60/s" }],
    ...(pin && { pin: { broker: { choose: pin, because: "known" } } }),
  });
}

const decided = (answers: Record<string, number>, pin?: "kafka"): Verdict =>
  verdictOf(orders(pin), "relay", answers, [broker, ordering, relay]);

test("a look twice a second is enough where nobody waits for what follows", () => {
  expect(decided({}).chosen).toBe("poll");
  expect(decided({ "follow-within": 500 }).chosen).toBe("poll");
});

test("what must follow within less than half a second needs a notice", () => {
  const { chosen, options } = decided({ "follow-within": 490 });
  expect(chosen).toBe("listen-and-poll");
  expect(options["poll"]?.ruledOutBy).toEqual(["what follows a change has to be there by then"]);
});

test("notices are out beyond two thousand commits a second", () => {
  expect(decided({ "orders.place.peak": 2_001 }).options["listen-and-poll"]?.ruledOutBy).toEqual([
    "transactions that notify commit one at a time",
  ]);
  expect(decided({ "orders.place.peak": 1_999 }).options["listen-and-poll"]?.ruledOutBy).toEqual([]);
});

test("beyond five thousand events a second the log of changes is read", () => {
  expect(decided({ "orders.place.peak": 4_990 }, "kafka").chosen).toBe("poll");
  expect(decided({ "orders.place.peak": 5_010 }, "kafka").chosen).toBe("change-capture");
});

test("captured changes need a broker to go to", () => {
  expect(decided({}).options["change-capture"]?.ruledOutBy).toEqual(["captured changes need a broker to go to"]);
});

test("a model without events of its own has no outbox", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "relay", {}, [broker, ordering, relay])).toThrow("There is no decision relay");
});
