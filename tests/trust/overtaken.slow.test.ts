import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { callerOf, insist } from "./caller.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customer: Customer;
let tea: string;

beforeAll(async () => {
  world = await shopWorld();
  customer = await world.customer();
  tea = await world.product(1_000);
});

afterEach(() => {
  world.stripe.slowBy(0);
  world.shop.kill("SIGCONT");
});

afterAll(async () => {
  await world.close();
});

test("a process that was paused, and overtaken meanwhile, does nothing twice when it goes on", async () => {
  const { body } = await insist(customer, "/orders", randomUUID(), orderOf(tea));
  const order = String(body["id"]);
  const [path, key] = [`/orders/${order}/payment`, randomUUID()];
  const second = await world.another();
  const elsewhere = callerOf(() => second.url, customer.token);
  world.stripe.slowBy(1_000);
  const slept = customer.send("POST", path, { headers: { "idempotency-key": key } });
  const held = `select count(*) from archwright.idempotency where state = 'running' and key = '${key}'`;
  await expect.poll(() => world.count(held), { timeout: 20_000 }).toBe(1);
  await sleep(100);
  world.shop.kill("SIGSTOP");
  const [pausedMs, paid] = [performance.now(), await insist(elsewhere, path, key)];
  expect(paid.status).toBe(200);
  expect(performance.now() - pausedMs).toBeLessThan(15_000);
  world.stripe.slowBy(0);
  world.shop.kill("SIGCONT");
  const late = await slept;
  expect([200, 409]).toContain(late.status);
  if (late.status === 200) expect(late.text).toBe(paid.text);
  expect(await world.count(`select count(*) from payments.payment where "order" = '${order}'`)).toBe(1);
  expect((await insist(customer, path, key)).text).toBe(paid.text);
  second.kill("SIGKILL");
});

test("what a killed process held is soon taken over by another", async () => {
  const { body } = await insist(customer, "/orders", randomUUID(), orderOf(tea));
  const order = String(body["id"]);
  // As a process leaves it that is killed between taking a delivery and doing it: held, for as long as its lease still runs.
  const held = `update archwright.delivery set state = 'waiting', done_at = null, leased_until = now() + interval '2 seconds', lease = lease + 1
    where outbox_id in (select id from archwright.outbox where payload ->> 'order' = $1)`;
  const waiting = `select count(*) from archwright.delivery join archwright.outbox on outbox.id = outbox_id where state = 'waiting' and payload ->> 'order' = '${order}'`;
  await expect.poll(() => world.count(waiting), { timeout: 5_000 }).toBe(0);
  await world.admin.read([{ text: "delete from archwright.message where subject like '%' || $1", values: [order] }]);
  await world.admin.read([{ text: held, values: [order] }]);
  await expect.poll(() => world.count(waiting), { timeout: 10_000, interval: 250 }).toBe(0);
  expect(await world.count(`select count(*) from archwright.message where subject like '%${order}'`)).toBe(2);
});
