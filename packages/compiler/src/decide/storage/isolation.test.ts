import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { isolation } from "./isolation.ts";

/** Seats of a show that are looked at and then booked: by code, or by a body. */
function show({ unique = false, inBody = false } = {}) {
  const Shows = context("shows");
  const seat = unique ? t.text().max(10).unique() : t.text().max(10);
  const Booking = Shows.entity("Booking", { id: t.id("bkg"), seat, taken: t.bool() }, { expect: { rows: 10_000 } });
  const input = { booking: t.ref(Booking) };
  if (inBody)
    Shows.command("book", {
      allow: "system",
      input,
      errors: { Taken: 409 },
      body: ({ input: { booking }, get, require, update, fail }) => {
        require(get(Booking, booking).taken.not(), fail("Taken"));
        update(Booking, booking, { taken: true });
      },
    });
  else Shows.command("book", { allow: "system", input, reads: [Booking], writes: [Booking], async handle() {} });
  return modelOf([...sample().contexts, Shows]);
}

/** A run takes 2 ms in all, of which the database works 1. */
const at = (peak: number, mean: number, rows = 10_000) => ({
  "shows.book.peak.all": peak,
  "shows.book.mean.all": mean,
  "shows.book.database": 1,
  "shows.book.application": 1,
  "shows.Booking.rows.horizon": rows,
});

const decide = (model: ReturnType<typeof show>, answers: Readonly<Record<string, number>>) =>
  verdictOf(model, "isolation:shows.book", answers, [isolation]);

test("a check that is overtaken once in a year is left as it is, one that is oftener must not be", () => {
  // With a million rows the busiest gets 0.0128 of all changes: 2 ms · 0.0128 · peak of all runs are overtaken.
  const rare = decide(show(), at(0.001, 0.0005, 1e6));
  expect(rare.chosen).toBe("read-committed");
  const { chosen, options } = decide(show(), at(1, 0.1, 1e6));
  expect(chosen).toBe("serializable");
  expect(options["read-committed"]?.ruledOutBy).toEqual(["two runs of book at once may both be allowed what only one may have"]);
  expect(options["read-committed"]?.["wrong"]).toBeCloseTo(0.1 * 2_629_800 * 0.002 * 0.0128, 0);
});

test("where a unique value refuses the second of two there is nothing to decide", () => {
  expect([...undecided(show({ unique: true }), [isolation]).byId.keys()]).toEqual([]);
});

test("a body that wants of a row what another may change is checked too", () => {
  expect(decide(show({ inBody: true }), at(1, 0.1)).chosen).toBe("serializable");
});

test("where more than one transaction of twenty would be tried again, a lock is better", () => {
  // Of ten thousand rows the busiest gets 0.036: at 230 changes a second 3 · 0.002 · 0.036 · 230 = 5 % are aborted.
  expect(decide(show(), at(220, 20)).chosen).toBe("serializable");
  const { chosen, options } = decide(show(), at(240, 20));
  expect(chosen).toBe("advisory-lock");
  expect(options["serializable"]?.ruledOutBy).toEqual(["so many transactions would be done twice that they get in each other's way again"]);
  expect(options["serializable"]?.["repeated"]).toBeGreaterThan(0.05);
});

test("a command that asks nothing of the rows that it changes has nothing to decide", () => {
  const { Orders, Order, contexts } = sample();
  Orders.command("note", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, update }) => void update(Order, input.order, { note: "x" }),
  });
  expect([...undecided(modelOf(contexts), [isolation]).byId.keys()]).toEqual([]);
});
