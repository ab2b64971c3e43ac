import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { ordering } from "./ordering.ts";

/** What is placed is followed by a new row, or by a change of rows that are there. */
function reacting(what: "counts" | "changes", names: "the order" | "nothing") {
  const { Orders, Order, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { ...(names === "the order" && { order: t.ref(Order) }), note: t.text().max(10) });
  const place = Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  const Tally = Orders.entity("Tally", { id: t.id("tal"), note: t.text().max(10), count: t.int() });
  const follow = Orders.command("follow", {
    allow: "system",
    input: { note: t.text().max(10) },
    body: ({ input, create, update }) => {
      if (what === "counts") create(Tally, { note: input.note, count: 1 });
      else update(Tally, (row) => row.note.eq(input.note), { count: 1 });
    },
  });
  Orders.on(Placed, follow, (event) => ({ note: event.note }));
  return modelOf(contexts, { load: [{ on: place, mean: "5/s", peak: "60/s" }] });
}
const decided = (what: "counts" | "changes", names: "the order" | "nothing", answers: Record<string, number> = {}): Verdict =>
  verdictOf(reacting(what, names), "ordering:orders.Placed", answers, [ordering]);

test("what only adds rows is handled in any order", () => {
  expect(decided("counts", "the order").chosen).toBe("none");
});

test("what changes rows is handled in order for each row that the event names", () => {
  const { chosen, options } = decided("changes", "the order");
  expect(chosen).toBe("per-aggregate");
  expect(options["none"]?.ruledOutBy).toEqual(["follow would overwrite what is newer with what is older"]);
});

test("an event that names no row stands in one line with all others of its kind", () => {
  const { chosen, options } = decided("changes", "nothing");
  expect(chosen).toBe("global");
  expect(options["per-aggregate"]?.ruledOutBy).toEqual(["Placed names no row by which it could be ordered"]);
});

test("one line handles no more than one over the time that each event takes", () => {
  const at = (peak: number) => decided("changes", "nothing", { "orders.Placed.follow-up": 4, "orders.place.peak": peak }).options["global"];
  expect(at(250)?.["longest-line"]).toBe(1);
  expect(at(250)?.ruledOutBy).toEqual([]);
  expect(at(251)?.ruledOutBy).toEqual(["what has to wait for its turn falls ever further behind"]);
});

test("order by key bears what the most popular key bears", () => {
  const line = (rows: number) =>
    decided("changes", "the order", { "orders.Order.rows": rows, "orders.Placed.follow-up": 4, "orders.place.peak": 250 }).options[
      "per-aggregate"
    ];
  expect(line(3)?.["longest-line"]).toBeCloseTo(1 / (1 + 2 ** -0.8 + 3 ** -0.8), 6);
  expect(line(1e6)?.["longest-line"]).toBeLessThan(0.02);
});

test("a third party names what we keep of it by words of its own", () => {
  const { Orders, Order, contexts } = sample();
  const Bank = integration("bank", {
    calls: {},
    webhooks: { paid: { payment: t.text().max(40) }, closed: { at: t.time() } },
    verify: "signature",
    onFailure: { retries: 0, then: "fail" },
  });
  const mark = Orders.command("mark", { allow: "system", input: {}, writes: [Order], async handle() {} });
  Orders.on(Bank.webhooks.paid, mark);
  Orders.on(Bank.webhooks.closed, mark);
  const model = modelOf(contexts);
  expect(verdictOf(model, "ordering:bank.paid", {}, [ordering]).chosen).toBe("per-aggregate");
  expect(verdictOf(model, "ordering:bank.closed", {}, [ordering]).chosen).toBe("global");
});

test("an event without reactions has no order to keep", () => {
  const { Orders, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { note: t.text().max(10) });
  Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  expect(() => verdictOf(modelOf(contexts), "ordering:orders.Placed", {}, [ordering])).toThrow(
    "There is no decision ordering:orders.Placed",
  );
});
