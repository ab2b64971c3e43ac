import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { shopLike } from "./shop-like.ts";
import { reckoned } from "./testing.ts";

/** What one statement takes: a read, a page, a row that is written, and a transaction around rows that are written. */
const [read, page, write, transaction] = [0.034, 0.3, 0.12, 0.25];
const [request, statement] = [0.45, 0.1];

test("a body is as many statements as its steps", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ work }) => work.databaseMsOf("orders.getOrder"))).toBeCloseTo(read, 12);
  expect(value(({ work }) => work.databaseMsOf("catalog.searchProducts"))).toBeCloseTo(page, 12);
  expect(value(({ work }) => work.databaseMsOf("orders.markPaid"))).toBeCloseTo(write + transaction, 12);
  expect(value(({ work }) => work.applicationMsOf("orders.getOrder"))).toBeCloseTo(request + statement, 12);
});

test("a handler is as many statements as it declares", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ work }) => work.databaseMsOf("payments.startPayment"))).toBeCloseTo(read + write + transaction, 12);
  expect(value(({ work }) => work.applicationMsOf("payments.startPayment"))).toBeCloseTo(request + 2 * statement, 12);
});

test("a step for each item of a list runs three times", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ work }) => work.databaseMsOf("catalog.reserveStock"))).toBeCloseTo(3 * write + transaction, 12);
});

test("what runs inside a transaction adds its statements, and neither a transaction nor a request", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ work }) => work.databaseMsOf("orders.placeOrder"))).toBeCloseTo(write + 3 * write + transaction, 12);
  expect(value(({ work }) => work.applicationMsOf("orders.placeOrder"))).toBeCloseTo(request + 4 * statement, 12);
});

test("busy cores are the load by the work", () => {
  const { value } = reckoned(shopLike().model());
  const reading = 60 * page + 62.4 * read;
  const writing = 60 * (4 * write + transaction) + 2.4 * (read + write + transaction) + 2.4 * (write + transaction);
  expect(value(({ work }) => work.databaseReadCores)).toBeCloseTo(reading / 1_000, 12);
  expect(value(({ work }) => work.databaseWriteCores)).toBeCloseTo(writing / 1_000, 12);
  expect(value(({ work }) => work.databaseCores)).toBeCloseTo(0.0657792, 12);
  // 60 orders of 0.85 ms, 60 searches and 62.4 reads of 0.55 ms, 2.4 payments of 0.65 ms, 2.4 notes of them, which nobody waits for, of 0.3 ms.
  expect(value(({ work }) => work.applicationCores)).toBeCloseTo(0.1206, 12);
});

test("the cores of contexts add up to those of the application", () => {
  const { value } = reckoned(shopLike().model());
  const ofContext = (context: string) => value(({ work }) => work.applicationCoresOf(context));
  expect(ofContext("catalog")).toBeCloseTo(0.033, 12);
  expect(ofContext("catalog") + ofContext("orders") + ofContext("payments")).toBeCloseTo(0.1206, 12);
});

test("what others run inside their transaction and the outside runs too is counted once", () => {
  const shop = shopLike();
  shop.Orders.command("hold", { allow: [shop.customer], atomic: [shop.markPaid], async handle() {} });
  const { value } = reckoned(shop.model());
  // 2.4 a second hold an order and mark it inside, 2.4 more mark one by themselves.
  const inside = 2.4 * (write + transaction);
  const alone = 2.4 * (write + transaction);
  const before = reckoned(shopLike().model()).value(({ work }) => work.databaseWriteCores);
  expect(value(({ load }) => load.peakOf("orders.markPaid"))).toBeCloseTo(4.8, 12);
  expect(value(({ work }) => work.databaseWriteCores)).toBeCloseTo(before - alone / 1_000 + (inside + alone) / 1_000, 12);
});

test("what others run inside their transaction is counted too where the outside asks for it", () => {
  const shop = shopLike();
  const empty = { allow: [shop.customer], async handle() {} } as const;
  const look = shop.Orders.command("look", empty);
  shop.Orders.command("lookTwice", { ...empty, atomic: [look] });
  const { value } = reckoned(shop.model());
  const before = reckoned(shopLike().model()).value(({ work }) => work.applicationCores);
  // 2.4 a second of each come from outside.
  expect(value(({ work }) => work.applicationCores)).toBeCloseTo(before + (2 * 2.4 * request) / 1_000, 12);
});

test("where an entity grows faster than its handlers run, each run writes many rows, which cost less together", () => {
  const growing = (growth: "16/s" | "0.1/s") => {
    const shop = shopLike();
    const Entry = shop.Orders.entity("Entry", { id: t.id("ent"), order: t.ref(shop.Order) }, { expect: { rows: 100, growth } });
    const spread = shop.Orders.command("spread", { allow: "system", writes: [Entry], async handle() {} });
    const Spread = shop.Orders.event("Spread", { order: t.ref(shop.Order) });
    shop.Orders.command("ask", { allow: [shop.customer], emits: [Spread], async handle() {} });
    shop.Orders.on(Spread, spread);
    return reckoned(shop.model()).value;
  };
  // It runs 0.8 times a second, so that each run adds twenty rows: 19 besides the first. At the peak it runs thrice as often.
  expect(growing("16/s")(({ work }) => work.databaseMsOf("orders.spread"))).toBeCloseTo(write + 19 * 0.0128 + transaction, 12);
  expect(growing("16/s")(({ work }) => work.writesTo("orders.Entry"))).toBeCloseTo(48, 12);
  expect(growing("0.1/s")(({ work }) => work.writesTo("orders.Entry"))).toBeCloseTo(2.4, 12);
});

test("rows written and commits", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ work }) => work.writesTo("catalog.Product"))).toBeCloseTo(3 * 60, 12);
  expect(value(({ work }) => work.writesTo("orders.Order"))).toBeCloseTo(60 + 2.4, 12);
  expect(value(({ work }) => work.writes)).toBeCloseTo(180 + 62.4 + 2.4, 12);
  expect(value(({ work }) => work.commits)).toBeCloseTo(60 + 2.4 + 2.4, 12);
});

test("a page answers with twenty rows, each two and a half times as long in JSON", () => {
  const { value } = reckoned(shopLike().model());
  const row = value(({ volume }) => volume.rowBytesOf("catalog.Product"));
  // 28 of header, 32 of id, a third of 200 characters, 8 of number.
  expect(row).toBeCloseTo(28 + 32 + 200 / 3 + 8, 12);
  expect(value(({ work }) => work.responseBytesOf("catalog.searchProducts"))).toBeCloseTo(row * 20 * 2.5, 9);
});

test("what goes out in a month is what each answer weighs, as often as it is given", () => {
  const { value } = reckoned(shopLike().model());
  const page = value(({ work }) => work.responseBytesOf("catalog.searchProducts"));
  const order = value(({ work }) => work.responseBytesOf("orders.placeOrder"));
  const perSecond = 20 * page + 8 * order + 20.8 * order + 0.8 * 40;
  expect(value(({ work }) => work.egressBytes) / ((365.25 / 12) * 86_400)).toBeCloseTo(perSecond, 6);
});

test("an unknown peak is carried through to the cores", () => {
  const { range } = reckoned(shopLike().model());
  const [low, high] = range(({ work }) => work.databaseWriteCores, "orders.placeOrder.peak");
  const payments = 2.4 * (read + write + transaction) + 2.4 * (write + transaction);
  expect(low).toBeCloseTo((20 * 0.73 + payments) / 1_000, 12);
  expect(high).toBeCloseTo((400 * 0.73 + payments) / 1_000, 12);
});

test("how long a basket is moves only what runs for each item", () => {
  const { range } = reckoned(shopLike().model());
  const open = "constant.items-of-input";
  const [low, high] = range(({ work }) => work.databaseMsOf("orders.placeOrder"), open);
  expect([low, high]).toEqual([expect.closeTo(2 * write + transaction, 12), expect.closeTo(51 * write + transaction, 12)]);
  expect(range(({ work }) => work.databaseMsOf("orders.getOrder"), open)).toEqual([read, read]);
});
