import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Payments with one entity that refers to orders `references` times, of which the first is bound to a transaction. */
function payments({ references = 1, isBound = false, owner = "sales" } = {}) {
  const Orders = context("orders", { owner: "sales" });
  const Order = Orders.entity("Order", { id: t.id("ord") });
  const close = Orders.command("close", { allow: "system", async handle() {} });
  const Payments = context("payments", { owner });
  const Payment = Payments.entity("Payment", {
    id: t.id("pay"),
    ...Object.fromEntries(Array.from({ length: references }, (_, place) => [`order${place}`, t.ref(Order)])),
  });
  if (isBound) Payments.command("pay", { allow: "system", writes: [Payment], atomic: [close], async handle() {} });
  return modelOf([Orders, Payments], { team: 6 });
}

/** Entities that are written two by two. */
function stock(pairs: number) {
  const Stock = context("stock");
  for (let place = 0; place < pairs; place += 1) {
    const first = Stock.entity(`First${place}`, { id: t.id("fir") });
    const second = Stock.entity(`Second${place}`, { id: t.id("sec"), of: t.ref(first) });
    Stock.command(`set${place}`, { allow: "system", writes: [first, second], async handle() {} });
  }
  return modelOf([Stock], { team: 6 });
}

test("a context that shares little with others is kept", () => {
  const { chosen, options } = verdictOf(payments(), "boundary:payments");
  expect(chosen).toBe("keep");
  expect(options["keep"]).toMatchObject({ crossing: 1, hours: 0.1, "per-entity": 1 });
});

test("a context that shares more than two things for each of its own is merged", () => {
  expect(verdictOf(payments({ references: 2 }), "boundary:payments").chosen).toBe("keep");
  const { chosen, options } = verdictOf(payments({ references: 3 }), "boundary:payments");
  expect(chosen).toBe("merge-with-neighbour");
  expect(options["keep"]?.ruledOutBy).toEqual(["most of what changes in payments changes orders too"]);
  expect(options["merge-with-neighbour"]).toMatchObject({ crossing: 0, hours: 1.5 + 0.05 });
});

test("whose something is, is said everywhere, and makes nobody a part of the accounts", () => {
  const People = context("people", { owner: "sales" });
  const User = People.entity("User", { id: t.id("usr") });
  const Notes = context("notes", { owner: "sales" });
  const author = role("author", User);
  Notes.entity(
    "Note",
    { id: t.id("not"), by: t.ref(User), forWhom: t.ref(User), seenBy: t.ref(User) },
    { access: [{ role: author, can: ["read"] }] },
  );
  expect(() => verdictOf(modelOf([People, Notes]), "boundary:notes")).toThrow("There is no decision boundary:notes");
});

test("a call inside a transaction counts for three", () => {
  // Two of its own against two references and one such call.
  expect(verdictOf(payments({ references: 1, isBound: true }), "boundary:payments").chosen).toBe("keep");
  expect(verdictOf(payments({ references: 2, isBound: true }), "boundary:payments").chosen).toBe("merge-with-neighbour");
});

test("contexts of different teams are not merged", () => {
  const { chosen, options } = verdictOf(payments({ references: 3, owner: "finance" }), "boundary:payments");
  expect(chosen).toBe("keep");
  expect(options["merge-with-neighbour"]?.ruledOutBy).toEqual(["payments and orders belong to different teams"]);
});

test("a context of more than 25 entities is divided where no transaction holds it together", () => {
  expect(verdictOf(stock(12), "boundary:stock").chosen).toBe("keep");
  const { chosen, options } = verdictOf(stock(13), "boundary:stock");
  expect(chosen).toBe("divide");
  expect(options["keep"]?.ruledOutBy).toEqual(["nobody knows all words of stock"]);
});

test("a context that one transaction writes is not divided", () => {
  expect(verdictOf(stock(1), "boundary:stock").options["divide"]?.ruledOutBy).toEqual(["one transaction holds stock together"]);
});

test("one person keeps an eye on 30 operations", () => {
  const ruledOut = (operations: number) =>
    verdictOf(stock(2), "boundary:stock", { team: 1, "stock.operations": operations }).options["keep"]?.ruledOutBy;
  expect(ruledOut(30)).toEqual([]);
  expect(ruledOut(31)).toEqual(["the people who own it cannot keep an eye on all operations of stock"]);
});

test("an empty context, or one of a single entity that leans on nobody, has no boundary to judge", () => {
  const Single = context("single");
  Single.entity("Thing", { id: t.id("thg") });
  for (const empty of [context("empty"), Single])
    expect(() => verdictOf(modelOf([empty]), `boundary:${empty.name}`)).toThrow(`There is no decision boundary:${empty.name}`);
});
