import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import type { DecisionRule } from "../rule.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { schedule } from "./schedule.ts";

/** As the decision about hosting says it. */
const hostedOn = (id: "containers" | "serverless"): DecisionRule => ({
  id: "hosting",
  area: "capacity",
  question: "Where does it run?",
  evidence: "general",
  sources: [],
  propose: () => [{ options: [{ id, title: id, because: "It is so.", consequence: "None." }] }],
});

function cleaning(every: "30s" | "10m" | "1d") {
  const { Orders, Order, customer, contexts } = sample();
  const place = Orders.command("place", {
    allow: [customer],
    input: { note: t.text().max(10) },
    body: ({ input, me, create }) => void create(Order, { buyer: me.id, note: input.note }),
  });
  Orders.job("clean", { every, body: ({ remove }) => remove(Order, (row) => row.note.eq("old")) });
  return modelOf(contexts, { load: [{ on: place, mean: "5/s", peak: "60/s" }] });
}

const decided = (every: "30s" | "10m" | "1d", hosting: "containers" | "serverless", answers: Record<string, number> = {}): Verdict =>
  verdictOf(cleaning(every), "schedule:orders.clean", answers, [schedule, hostedOn(hosting)]);

test("a short job runs in one of the processes", () => {
  expect(decided("10m", "containers").chosen).toBe("in-process-lease");
});

test("a function that is not there cannot look at the clock", () => {
  const { chosen, options } = decided("10m", "serverless");
  expect(chosen).toBe("platform-cron");
  expect(options["in-process-lease"]?.ruledOutBy).toEqual(["between two requests a function is not there to look at the clock"]);
});

test("the clock of a platform counts in minutes", () => {
  expect(decided("30s", "serverless").options["platform-cron"]?.ruledOutBy).toEqual(["its clock counts in minutes"]);
});

test("a run takes what has become due since the last one", () => {
  expect(decided("10m", "containers").options["in-process-lease"]?.["run"]).toBeCloseTo((1 + 5 * 600) * 0.12, 6);
});

test("a run that is longer than the time between two is done in pieces", () => {
  expect(decided("10m", "containers", { "orders.clean.run": 599_000 }).chosen).toBe("in-process-lease");
  const { chosen, options } = decided("10m", "containers", { "orders.clean.run": 601_000 });
  expect(chosen).toBe("queue");
  expect(options["in-process-lease"]?.ruledOutBy).toEqual(["a run of clean would not be over when the next is due"]);
});

test("a run of more than an hour is taken to be stuck", () => {
  const { chosen, options } = decided("1d", "containers", { "orders.clean.run": 3_700_000 });
  expect(chosen).toBe("platform-cron");
  expect(options["in-process-lease"]?.ruledOutBy).toEqual(["a run that long is taken to be stuck, and is given to another process"]);
});

test("a model without jobs starts none", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "schedule:orders.clean", {}, [schedule, hostedOn("containers")])).toThrow(
    "There is no decision",
  );
});
