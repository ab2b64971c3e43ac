import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { eventRetention } from "./event-retention.ts";

function orders(personal?: "3d" | "20d") {
  const { Orders, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { address: personal ? t.text().max(10).pii("contract", personal) : t.text().max(10) });
  const place = Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  return modelOf(contexts, { load: [{ on: place, mean: "5/s", peak: "60/s" }] });
}

const decided = (personal: "3d" | "20d" | undefined, answers: Record<string, number> = {}): Verdict =>
  verdictOf(orders(personal), "event-retention", answers, [eventRetention]);

test("events are kept for a week, to mend what a faulty reaction missed", () => {
  expect(decided(undefined).chosen).toBe("7d");
});

test("events that are so many that keeping them costs more than mending are not kept", () => {
  const at = (mean: number) => decided(undefined, { "orders.place.mean": mean, "orders.Placed.event-bytes": 500 }).chosen;
  expect(at(650)).toBe("7d");
  expect(at(720)).toBe("none");
});

test("what a new reader must find is kept", () => {
  expect(decided(undefined, { "replay-days": 7 }).chosen).toBe("7d");
  const { chosen, options } = decided(undefined, { "replay-days": 8 });
  expect(chosen).toBe("30d");
  expect(options["7d"]?.ruledOutBy).toEqual(["what is built later has to find what happened before it"]);
  expect(decided(undefined, { "replay-days": 31 }).chosen).toBe("forever");
});

test("personal data in events is forgotten in its time", () => {
  expect(decided("3d").chosen).toBe("none");
  expect(decided("20d").chosen).toBe("7d");
  expect(decided("20d").options["30d"]?.ruledOutBy).toEqual(["events with personal data may not be kept longer than the data itself"]);
});

test("a model without events of its own keeps none", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "event-retention", {}, [eventRetention])).toThrow(
    "There is no decision event-retention",
  );
});
