import { t } from "@archwright/model/language";
import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { delivery } from "./delivery.ts";

type Effect = "sets" | "adds a row" | "counts" | "calls out";

/** What is seen is followed by an effect of one of these kinds. */
function views(effect: Effect) {
  const { Orders, Order, customer, contexts } = sample();
  const Mailer = integration("mailer", {
    calls: { send: { p50: "50ms", p99: "200ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const Tally = Orders.entity("Tally", { id: t.id("tal"), note: t.text().max(10), views: t.int() });
  const Viewed = Orders.event("Viewed", { order: t.ref(Order), note: t.text().max(10) });
  const view = Orders.command("view", { allow: [customer], emits: [Viewed], async handle() {} });
  const input = { note: t.text().max(10) };
  const follow =
    effect === "calls out"
      ? Orders.command("follow", { allow: "system", input, calls: [Mailer.send], async handle() {} })
      : Orders.command("follow", {
          allow: "system",
          input,
          body: ({ input: { note }, create, update, increase }) => {
            if (effect === "sets") update(Tally, (row) => row.note.eq(note), { views: 1 });
            else if (effect === "counts") increase(Tally, (row) => row.note.eq(note), { views: 1 });
            else create(Tally, { note, views: 1 });
          },
        });
  Orders.on(Viewed, follow, (event) => ({ note: event.note }));
  return modelOf(contexts, { load: [{ on: view, mean: "5/s", peak: "60/s" }] });
}

const decided = (effect: Effect, answers: Record<string, number> = {}): Verdict =>
  verdictOf(views(effect), "delivery:orders.Viewed", answers, [delivery]);

test("what acts again when it is repeated has its effect once", () => {
  const { chosen, options } = decided("adds a row");
  expect(chosen).toBe("exactly-once-effect");
  expect(options["at-least-once-idempotent"]?.ruledOutBy).toEqual(["follow would act again when the event comes again"]);
});

test("what only sets values is remembered as well, until remembering costs more than care", () => {
  const at = (rate: number) => decided("sets", { "orders.view.peak": rate, "orders.view.mean": rate }).chosen;
  expect(at(60)).toBe("exactly-once-effect");
  expect(at(250)).toBe("exactly-once-effect");
  expect(at(290)).toBe("at-least-once-idempotent");
});

test("a third party that takes no key cannot be asked exactly once", () => {
  expect(decided("calls out").options["exactly-once-effect"]?.ruledOutBy).toEqual([
    "send cannot be taken back with the transaction, and takes no key",
  ]);
});

test("what only counts may be lost if its owner says so", () => {
  expect(decided("counts").chosen).toBe("exactly-once-effect");
  expect(decided("counts", { "orders.Viewed.may-be-lost": 1 }).chosen).toBe("at-most-once");
});

test("what does more than count is not asked about", () => {
  const { options } = decided("sets");
  expect(options["at-most-once"]?.ruledOutBy).toEqual(["a lost Viewed would leave follow undone for good"]);
});

test("what is remembered lies there for a week", () => {
  expect(decided("sets").options["exactly-once-effect"]?.["bytes"]).toBe(5 * 86_400 * 7 * 140);
});

test("an event that nothing follows is not delivered", () => {
  const { Orders, customer, contexts } = sample();
  const Viewed = Orders.event("Viewed", { note: t.text().max(10) });
  Orders.command("view", { allow: [customer], emits: [Viewed], async handle() {} });
  expect(() => verdictOf(modelOf(contexts), "delivery:orders.Viewed", {}, [delivery])).toThrow(
    "There is no decision delivery:orders.Viewed",
  );
});
