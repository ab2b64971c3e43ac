import { afterAll, beforeAll, expect, test } from "vitest";
import shop from "../../examples/shop/system.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import type { Caller } from "../../packages/runtime/src/execution/seams.ts";
import { claimDeliveries, markDelivered } from "../../packages/runtime/src/events/delivery.ts";
import { createOutbox } from "../../packages/runtime/src/events/outbox.ts";
import { forgetOld } from "../../packages/runtime/src/events/retention.ts";
import { createRelay, type RelayOptions } from "../../packages/runtime/src/events/relay.ts";
import { callAs, quietLog, runModel, type RunningModel } from "./running-model.ts";

const anna: Caller = { role: "customer", id: newId("usr") };
const tea = newId("prd");
let backend: RunningModel;
let options: RelayOptions;

beforeAll(async () => {
  backend = await runModel(shop);
  await backend.seed({
    "identity.User": [{ id: anna.id, email: "anna@example.com", name: "Anna" }],
    "catalog.Product": [{ id: tea, name: "Tea", price: { amount: 1000, currency: "EUR" }, stock: 1000 }],
  });
  const { model, lookup, pool, executor } = backend;
  options = { model, lookup, pool, executor, log: quietLog, now: () => new Date(), random: () => 0 };
}, 60_000);
afterAll(() => backend.close());

const one = async (text: string, values: readonly unknown[] = []): Promise<unknown> => {
  const [result] = await backend.adminPool.read([{ text, values }]);
  return Object.values(result?.rows[0] ?? {})[0];
};

async function placeOrder(): Promise<string> {
  const { body } = await backend.executor.answer(
    "orders.placeOrder",
    { items: [{ product: tea, quantity: 2 }] },
    callAs(anna, { idempotencyKey: newId("key") }),
  );
  return (body as { id: string }).id;
}

const paid = (order: string): Promise<unknown> => {
  const events = [{ event: "stripe.payment_intent.succeeded", payload: { order, amount: { amount: 2000, currency: "EUR" } } }];
  return backend.pool.transaction((transaction) =>
    transaction.commit(createOutbox(backend.model)(events, { caller: { role: "system", id: null }, now: new Date() })),
  );
};

async function relayOnce(): Promise<boolean> {
  const relay = createRelay(options);
  const more = await relay.turn();
  await relay.close();
  return more;
}

async function relayAll(): Promise<void> {
  while (await relayOnce());
}

test("a webhook's event runs its reaction, once", async () => {
  const order = await placeOrder();
  await paid(order);
  await relayAll();
  expect(await one('select status from orders."order" where id = $1', [order])).toBe("paid");
  expect(await one("select count(*) from archwright.delivery where state = 'waiting'")).toBe(0n);
});

test("an order's confirmation waits for each channel, in words", async () => {
  const order = await placeOrder();
  await relayAll();
  const [result] = await backend.adminPool.read([
    { text: "select channel, subject, body from archwright.message where subject like $1 order by channel", values: [`%${order}`] },
  ]);
  expect(result?.rows).toEqual([
    { channel: "email", subject: `We have your order ${order}`, body: "Thank you. The total is 20.00 EUR." },
    { channel: "push", subject: `We have your order ${order}`, body: "Thank you. The total is 20.00 EUR." },
  ]);
});

test("a reaction that fails is tried again later, and says why", async () => {
  await paid(newId("ord"));
  await relayOnce();
  const [result] = await backend.adminPool.read([
    { text: "select state, attempts, last_error from archwright.delivery where last_error is not null" },
  ]);
  expect(result?.rows).toMatchObject([{ state: "waiting", attempts: 1, last_error: expect.stringContaining("There is no Order") }]);
  await backend.adminPool.read([{ text: "delete from archwright.delivery where state = 'waiting'" }]);
});

test("who was overtaken while he worked takes his effect back", async () => {
  const order = await placeOrder();
  await backend.adminPool.read([{ text: "delete from archwright.delivery where state = 'waiting'" }]);
  await paid(order);
  const [slow] = await claimDeliveries(backend.pool, 1, -1);
  const [fast] = await claimDeliveries(backend.pool, 1, 60_000);
  expect(fast?.id).toBe(slow?.id);
  if (!slow || !fast) throw new Error("Nothing was claimed.");
  await expect(
    backend.executor.runAsSystem("orders.markPaid", { order }, callAs({ role: "system", id: null }), [markDelivered(slow)]),
  ).rejects.toThrow("division by zero");
  expect(await one('select status from orders."order" where id = $1', [order])).toBe("pending");
  await backend.executor.runAsSystem("orders.markPaid", { order }, callAs({ role: "system", id: null }), [markDelivered(fast)]);
  expect(await one('select status from orders."order" where id = $1', [order])).toBe("paid");
});

test("four relays at once share the work and do none of it twice", async () => {
  const orders = await Promise.all(Array.from({ length: 20 }, placeOrder));
  await Promise.all(orders.map(paid));
  await Promise.all(Array.from({ length: 4 }, relayAll));
  expect(await one("select count(*) from orders.\"order\" where status = 'paid' and id = any($1)", [orders])).toBe(20n);
  const attempts =
    "select max(attempts) from archwright.delivery join archwright.outbox on outbox.id = outbox_id where payload ->> 'order' = any($1)";
  expect(await one(attempts, [orders])).toBe(1);
});

test("what is past its time is forgotten, and an event that still waits is not", async () => {
  await placeOrder();
  const waiting = await one(
    "select count(*) from archwright.outbox join archwright.delivery on outbox_id = outbox.id where state = 'waiting'",
  );
  await backend.adminPool.read([
    { text: "update archwright.idempotency set created_at = now() - interval '3 days'" },
    { text: "update archwright.outbox set occurred_at = now() - interval '40 days'" },
  ]);
  expect(await forgetOld(backend.pool, quietLog)).toBe(false);
  expect(await one("select count(*) from archwright.idempotency")).toBe(0n);
  expect(await one("select count(*) from archwright.delivery where state = 'done'")).toBe(0n);
  expect(await one("select count(*) from archwright.outbox join archwright.delivery on outbox_id = outbox.id")).toBe(waiting);
});
