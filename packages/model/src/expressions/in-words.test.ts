import { describe, expect, test } from "vitest";
import { context, money, role, system, t } from "../language.ts";
import { assemble } from "../recording/assemble.ts";
import { durationInWords, expressionInWords, moneyInWords } from "./in-words.ts";

const Shop = context("shop");
const User = Shop.entity("User", { id: t.id("usr"), active: t.bool() });
const clerk = role("clerk", User);
const line = { price: t.money("EUR"), quantity: t.int(), gift: t.bool() };
Shop.entity(
  "Order",
  {
    id: t.id("ord"),
    buyer: t.ref(User),
    seller: t.ref(User),
    note: t.text().optional(),
    total: t.money("EUR"),
    fee: t.money("EUR"),
    stock: t.int(),
    placedAt: t.time(),
    paidAt: t.time(),
    due: t.date(),
    pinned: t.bool(),
    isPaid: t.bool(),
    lines: t.list(line),
    status: t.state({ new: ["old", "lost"], old: [], lost: [] }),
  },
  {
    access: [
      { role: clerk, can: ["read"], where: (row, me) => row.buyer.eq(me.id) },
      { role: clerk, can: ["list"], where: (row, me) => row.buyer.eq(me.id).or(me.is(clerk).not()) },
    ],
    // Each is named by what it should read as.
    invariants: {
      "the total is the sum of price × quantity over the lines": (row) =>
        row.total.eq(row.lines.sum((each) => each.price.times(each.quantity))),
      "the total is at least 12.99 EUR": (row) => row.total.atLeast(money(1299, "EUR")),
      "the status is not new": (row) => row.status.ne("new"),
      "the status is old or lost": (row) => row.status.in(["old", "lost"]),
      "the status is neither old nor lost": (row) => row.status.in(["old", "lost"]).not(),
      "the note is missing": (row) => row.note.isMissing(),
      "the note is there": (row) => row.note.isMissing().not(),
      'the note begins with "a or b is"': (row) => row.note.startsWith("a or b is"),
      'the note has every word of "blue kettle"': (row) => row.note.matches("blue kettle"),
      "it is pinned": (row) => row.pinned,
      "it is pinned and it is not paid": (row) => row.pinned.and(row.isPaid.not()),
      "(it is pinned or it is paid) and the stock is above 3": (row) => row.pinned.or(row.isPaid).and(row.stock.above(3)),
      "not (it is pinned or it is paid)": (row) => row.pinned.or(row.isPaid).not(),
      "the placed-at time is before the paid-at time": (row) => row.placedAt.below(row.paidAt),
      "the due is no later than 2026-01-31": (row) => row.due.atMost("2026-01-31"),
      "the placed-at time is more than 365 days ago": (row) => row.placedAt.olderThan("365d"),
      "the date of the placed-at time is the due": (row) => row.placedAt.date().eq(row.due),
      "the number of lines is at most 50": (row) => row.lines.count().atMost(50),
      "for each of the lines, the quantity is above 0": (row) => row.lines.every((each) => each.quantity.above(0)),
      "for at least one of the lines, it is gift": (row) => row.lines.some((each) => each.gift),
      "(the total + the fee) × 2 is below the total - (the fee - the fee)": (row) =>
        row.total
          .plus(row.fee)
          .times(2)
          .below(row.total.minus(row.fee.minus(row.fee))),
    },
  },
);
const { model } = assemble(system("s", { contexts: [Shop] }));
const orders = model.entities.filter(({ name }) => name === "Order");

describe("an expression in words", () => {
  test.each(orders.flatMap(({ invariants }) => invariants.map(({ statement, holds }) => [statement, holds] as const)))(
    "says: %s",
    (statement, holds) => {
      expect(expressionInWords(holds)).toBe(statement);
    },
  );

  test("says of `me` that it is the caller", () => {
    const rules = orders.flatMap(({ access }) => access.flatMap(({ where }) => (where ? [expressionInWords(where)] : [])));
    expect(rules).toEqual(["the buyer is the caller", "the buyer is the caller or the caller is not in the role clerk"]);
  });
});

test("money is said in its own units, and a time in its longest", () => {
  expect([moneyInWords(1299, "EUR"), moneyInWords(500, "JPY"), moneyInWords(-5, "EUR")]).toEqual(["12.99 EUR", "500 JPY", "-0.05 EUR"]);
  expect([7_776_000_000, 3_600_000, 90_000, 1_500].map(durationInWords)).toEqual(["90 days", "1 hour", "90 seconds", "1500 ms"]);
});
