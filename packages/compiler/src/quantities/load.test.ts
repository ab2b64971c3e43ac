import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { shopLike } from "./shop-like.ts";
import { reckoned } from "./testing.ts";

test("a stated load is the load", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.meanOf("orders.placeOrder"))).toBe(8);
  expect(value(({ load }) => load.peakOf("orders.placeOrder"))).toBe(60);
});

test("where no reading is stated, five reads for each command are shared by the queries", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.meanOf("catalog.searchProducts"))).toBe((8 * 5) / 2);
  expect(value(({ load }) => load.peakOf("catalog.searchProducts"))).toBe(20 * 3);
});

test("a query without a load beside one that has it is taken to be rare", () => {
  const { placeOrder, searchProducts, model } = shopLike();
  const load = [
    { on: placeOrder, mean: "8/s" },
    { on: searchProducts, mean: "100/s" },
  ] as const;
  const { value } = reckoned(model({ load }));
  expect(value((of) => of.load.peakOf("orders.placeOrder"))).toBe(24);
  expect(value((of) => of.load.peakOf("catalog.searchProducts"))).toBe(300);
  expect(value((of) => of.load.meanOf("orders.getOrder"))).toBeCloseTo(0.8 + 0.8, 12);
});

test("a command without a load is a tenth of the rarest that is stated", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.meanOf("payments.startPayment"))).toBeCloseTo(0.8, 12);
  expect(value(({ load }) => load.peakOf("payments.startPayment"))).toBeCloseTo(2.4, 12);
  const { placeOrder, getOrder, model } = shopLike();
  const stated = [
    { on: placeOrder, mean: "50000/s" },
    { on: getOrder, mean: "2/s" },
  ] as const;
  expect(reckoned(model({ load: stated })).value(({ load }) => load.meanOf("payments.startPayment"))).toBeCloseTo(0.2, 12);
});

test("calls from inside are added to those from outside", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.meanOf("orders.getOrder"))).toBeCloseTo(20 + 0.8, 12);
  expect(value(({ load }) => load.peakOf("orders.getOrder"))).toBeCloseTo(60 + 2.4, 12);
});

test("what runs inside a transaction runs as often as it, a third party is called as often as its caller runs", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.peakOf("catalog.reserveStock"))).toBe(60);
  expect(value(({ load }) => load.peakOf("bank.charge"))).toBeCloseTo(2.4, 12);
});

test("a third party tells of as much as it was asked, and what reacts runs as often", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.eventMeanOf("bank.charged"))).toBeCloseTo(0.8, 12);
  expect(value(({ load }) => load.peakOf("orders.markPaid"))).toBeCloseTo(2.4, 12);
});

test("a load stated for what only the system runs is the whole of it, unless more leads to it", () => {
  const markPaid = (mean: "5/s" | "0.1/s") => {
    const shop = shopLike();
    const load = [
      { on: shop.placeOrder, mean: "8/s" },
      { on: shop.markPaid, mean },
    ] as const;
    return reckoned(shop.model({ load })).value((of) => of.load.meanOf("orders.markPaid"));
  };
  expect(markPaid("5/s")).toBe(5);
  // Payments are a tenth of the rarest that is asked for from outside: 8.
  expect(markPaid("0.1/s")).toBeCloseTo(0.8, 12);
});

test("requests from outside are counted once, whatever they set going", () => {
  const { value } = reckoned(shopLike().model());
  expect(value(({ load }) => load.mean)).toBeCloseTo(8 + 20 + 20 + 0.8, 12);
  expect(value(({ load }) => load.peak)).toBeCloseTo(60 + 60 + 60 + 2.4, 12);
});

test("each follower of an event is a delivery", () => {
  const shop = shopLike();
  const note = shop.Orders.command("note", { allow: "system", input: { order: t.text() }, async handle() {} });
  const tell = shop.Orders.event("Told", { order: t.text() });
  shop.Orders.command("tell", { allow: [shop.customer], emits: [tell], async handle() {} });
  shop.Orders.on(tell, note);
  shop.Orders.on(tell, shop.Orders.command("noteToo", { allow: "system", input: { order: t.text() }, async handle() {} }));
  const { value } = reckoned(shop.model());
  expect(value(({ load }) => load.events)).toBeCloseTo(60 + 2.4 + 2.4, 12);
  expect(value(({ load }) => load.followersOf("orders.Told"))).toBe(2);
  // Nobody reacts to placed orders, one command to payments, two to what is told.
  expect(value(({ load }) => load.deliveries)).toBeCloseTo(2.4 + 2 * 2.4, 12);
});

test("a job adds its runs to what it runs", () => {
  const shop = shopLike();
  const sweep = shop.Orders.command("sweep", { allow: "system", async handle() {} });
  shop.Orders.job("sweepAll", { every: "10s", runs: sweep });
  const { value } = reckoned(shop.model());
  expect(value(({ load }) => load.peakOf("orders.sweepAll"))).toBeCloseTo(0.1, 12);
  expect(value(({ load }) => load.peakOf("orders.sweep"))).toBeCloseTo(0.1, 12);
});

test("without a load the users make it, and without users somebody is asked", () => {
  const users = reckoned(shopLike().model({ users: 518_400 }));
  // 518,400 users with 20 requests a day are 120 a second, of which one in six is a command.
  expect(users.value(({ load }) => load.meanOf("orders.placeOrder"))).toBeCloseTo(20 * 0.1, 12);
  expect(users.value(({ load }) => load.meanOf("catalog.searchProducts"))).toBeCloseTo((20 * 5) / 2, 12);
  const silent = reckoned(shopLike().model({}));
  expect(silent.value(({ load }) => load.meanOf("orders.placeOrder"))).toBeCloseTo(0.1, 12);
  const [low, high] = silent.range(({ load }) => load.meanOf("orders.placeOrder"), "load.commands");
  expect([low, high]).toEqual([0.001, 10]);
});

test("an unknown peak is carried through to whatever depends on it", () => {
  const { range } = reckoned(shopLike().model());
  const open = "orders.placeOrder.peak";
  expect(range(({ load }) => load.peakOf("orders.placeOrder"), open)).toEqual([20, 400]);
  expect(range(({ load }) => load.peakOf("catalog.reserveStock"), open)).toEqual([20, 400]);
  expect(range(({ load }) => load.eventPeakOf("orders.OrderPlaced"), open)).toEqual([20, 400]);
  const [low, high] = range(({ load }) => load.peak, open);
  expect(low).toBeCloseTo(122.4 + 20, 12);
  expect(high).toBeCloseTo(122.4 + 400, 12);
});

test("an unknown peak says nothing of the mean", () => {
  const { range } = reckoned(shopLike().model());
  expect(range(({ load }) => load.meanOf("catalog.reserveStock"), "orders.placeOrder.peak")).toEqual([8, 8]);
});

test("the load of a year is what is stated, or a third more", () => {
  expect(reckoned(shopLike().model()).value(({ load }) => load.yearlyGrowth)).toBe(1.3);
  expect(reckoned(shopLike().model({ growth: "150%" })).value(({ load }) => load.yearlyGrowth)).toBe(2.5);
});
