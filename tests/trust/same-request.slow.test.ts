import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answered } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";
import { deliver, paymentEvent } from "./stripe-event.ts";

const atOnce = 100;

let world: ShopWorld;
let tea: string;

beforeAll(async () => {
  world = await shopWorld();
  tea = await world.product(1_000_000);
});

afterAll(async () => {
  await world.close();
});

const place = (customer: Customer, key: string, quantity = 1): Promise<Answered> =>
  customer.send("POST", "/orders", { body: orderOf(tea, quantity), headers: { "idempotency-key": key } });
const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** One of many has done it; each other one says the same, or that it is being done. */
function assertOneEffect(answers: readonly Answered[], success: number): void {
  const done = answers.filter(({ status }) => status === success);
  expect(done.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).toHaveLength(1);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  for (const answered of answers.filter(({ status }) => status !== success)) {
    expect([answered.status, answered.body["code"]]).toEqual([409, "in-flight"]);
    assertRefusal(answered, "in flight");
  }
}

describe("of a hundred requests at once with one key", () => {
  test.each([1, 2, 3, 4, 5, 6])("one places an order (%i)", async () => {
    const [customer, key] = [await world.customer(), randomUUID()];
    const before = await world.count(`select stock from catalog.product where id = '${tea}'`);
    assertOneEffect(await times(atOnce, () => place(customer, key)), 201);
    expect(await world.count(`select count(*) from orders."order" where buyer = '${customer.id}'`)).toBe(1);
    expect(await world.count(`select count(*) from archwright.outbox where payload ->> 'buyer' = '${customer.id}'`)).toBe(1);
    expect(await world.count(`select stock from catalog.product where id = '${tea}'`)).toBe(before - 1);
  });

  test.each([1, 2, 3])("one starts a payment (%i)", async () => {
    const customer = await world.customer();
    const { body } = await place(customer, randomUUID());
    const [path, key] = [`/orders/${String(body["id"])}/payment`, randomUUID()];
    const answers = await times(atOnce, () => customer.send("POST", path, { headers: { "idempotency-key": key } }));
    assertOneEffect(answers, 200);
    expect(await world.count(`select count(*) from payments.payment where "order" = '${String(body["id"])}'`)).toBe(1);
    expect(await customer.send("POST", path, { headers: { "idempotency-key": key } })).toMatchObject({
      status: 200,
      headers: { "idempotency-replayed": "true" },
    });
  });

  test("and another body each, one is served and none of the others", async () => {
    const [customer, key] = [await world.customer(), randomUUID()];
    const answers = await times(atOnce, (index) => place(customer, key, index + 1));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers.filter((answered) => answered.status !== 201))
      expect([`${status} ${String(body["code"])}`]).toContain(status === 409 ? "409 in-flight" : "422 key-reused");
    expect(await world.count(`select count(*) from orders."order" where buyer = '${customer.id}'`)).toBe(1);
  });

  test("of twenty customers, each is served", async () => {
    const [customers, key] = [await times(20, () => world.customer()), randomUUID()];
    const answers = await Promise.all(customers.map((customer) => place(customer, key)));
    expect(answers.map(({ status }) => status)).toEqual(customers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(customers.length);
  });

  test("that the rules refuse, all hear the same refusal", async () => {
    const [customer, key, rare] = [await world.customer(), randomUUID(), await world.product(0)];
    const answers = await times(atOnce, () =>
      customer.send("POST", "/orders", { body: orderOf(rare), headers: { "idempotency-key": key } }),
    );
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${String(body["code"])}`).filter((said) => said !== "409 in-flight")),
    ).toEqual(new Set(["409 OutOfStock"]));
  });
});

test("a hundred buyers of the last ten pieces get ten of them", async () => {
  const [customers, rare] = [await times(10, () => world.customer()), await world.product(10)];
  const answers = await times(atOnce, (index) =>
    (customers[index % 10] as Customer).send("POST", "/orders", { body: orderOf(rare), headers: { "idempotency-key": randomUUID() } }),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ status, body }) => status !== 201 && body["code"] !== "OutOfStock")).toEqual([]);
  expect(await world.count(`select stock from catalog.product where id = '${rare}'`)).toBe(0);
});

test("orders that name the same products in opposite order do not lock each other out", async () => {
  const [customers, products] = [await times(10, () => world.customer()), await times(5, () => world.product(100_000))];
  const answers = await times(atOnce, (index) => {
    const items = (index % 2 === 0 ? products : products.toReversed()).map((product) => ({ product, quantity: 1 }));
    return (customers[index % 10] as Customer).send("POST", "/orders", { body: { items }, headers: { "idempotency-key": randomUUID() } });
  });
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
});

describe("webhooks", () => {
  test("delivered ten times at once and in no order have their effect once", async () => {
    const customer = await world.customer();
    const orders = await times(20, async () => String((await place(customer, randomUUID())).body["id"]));
    const events = orders.map((order) => paymentEvent(`evt_${randomUUID()}`, order));
    const deliveries = events.flatMap((event) => Array.from({ length: 10 }, () => event)).toSorted(() => Math.random() - 0.5);
    const answers = await Promise.all(deliveries.map((event) => deliver(world, event)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter(({ body }) => body["outcome"] === "accepted")).toHaveLength(orders.length);
    await expect
      .poll(() => world.count(`select count(*) from orders."order" where buyer = '${customer.id}' and status = 'paid'`), {
        timeout: 10_000,
      })
      .toBe(orders.length);
    const told = `select count(*) from archwright.outbox where event = 'stripe.payment_intent.succeeded' and payload ->> 'order' in (select id from orders."order" where buyer = '${customer.id}')`;
    expect(await world.count(told)).toBe(orders.length);
  });

  test("that cannot be stored are refused, and do not fail", async () => {
    const order = String((await place(await world.customer(), randomUUID())).body["id"]);
    const payment = (id: string, more: object = {}): string => paymentEvent(id, order, more);
    for (const body of [
      payment("evt_\0"),
      payment("evt_\ud800"),
      payment(""),
      payment("x".repeat(300)),
      payment("evt_1", { currency: "\0" }),
      payment("evt_2", { metadata: { order: "\0" } }),
      payment("evt_3", { amount_received: 1e300 }),
      "[]",
      "null",
      '"',
      "",
      "[".repeat(100_000),
      `{"id":"evt_4","type":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`,
    ]) {
      const answered = await deliver(world, body);
      expect(answered.status, body.slice(0, 200)).toBe(400);
      assertRefusal(answered, body.slice(0, 200));
    }
  });
});
