import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insist } from "./caller.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";
import { deliver, paymentEvent } from "./stripe-event.ts";

const killings = 15;
const stock = 1_000_000;

let world: ShopWorld;
let customers: readonly Customer[];
let products: readonly string[];

beforeEach(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 16 }, () => world.customer()));
  products = await Promise.all(Array.from({ length: 4 }, () => world.product(stock)));
});

afterEach(async () => {
  await world.close();
});

/** What the shop has told its customers. */
interface Told {
  /** The id of each order, by its key. */
  readonly orders: Map<string, string>;
  readonly pieces: Map<string, number>;
  /** The intent at the payment provider, by the id of the order. */
  readonly intents: Map<string, string>;
  readonly refusals: string[];
}

test("whenever the server is killed, nothing that it acknowledged is lost or done twice, and each event has its effect once", async () => {
  const told: Told = { orders: new Map(), pieces: new Map(), intents: new Map(), refusals: [] };
  const time = { isOver: false };
  const lives = customers.map((customer, index) => live(customer, index, told, time));
  const resumedMs: number[] = [];
  for (let round = 0; round < killings; round += 1) {
    await sleep(150 + Math.random() * 700);
    resumedMs.push(await killAndRestart());
  }
  time.isOver = true;
  await Promise.all(lives);
  expect(told.refusals).toEqual([]);
  expect(told.orders.size).toBeGreaterThan(killings * 10);
  expect(resumedMs.toSorted((left, right) => left - right)[7]).toBeLessThan(5_000);
  await assertOrders(told);
  await assertPayments(told);
  await assertEvents(told);
});

/** @returns How long it was until the server was ready again. */
async function killAndRestart(): Promise<number> {
  world.shop.kill("SIGKILL");
  const killedMs = performance.now();
  await world.shop.ended;
  await world.restart();
  const isReady = async (): Promise<boolean> => (await world.stranger().get("/health/ready")).status === 200;
  while (!(await isReady().catch(() => false))) await sleep(10);
  return performance.now() - killedMs;
}

async function live(customer: Customer, index: number, told: Told, time: { readonly isOver: boolean }): Promise<void> {
  for (let turn = 0; !time.isOver; turn += 1) {
    const [key, quantity, product] = [randomUUID(), 1 + (turn % 3), products[(index + turn) % products.length] ?? ""];
    const ordered = await insist(customer, "/orders", key, orderOf(product, quantity));
    if (ordered.status !== 201) told.refusals.push(ordered.text);
    const order = String(ordered.body["id"]);
    told.orders.set(key, order);
    told.pieces.set(product, (told.pieces.get(product) ?? 0) + quantity);
    // Some pay. Whoever pays while the server is killed waits until his key is free again.
    if (index > 3) continue;
    const paid = await insist(customer, `/orders/${order}/payment`, randomUUID());
    if (paid.status !== 200) told.refusals.push(paid.text);
    const [intent = ""] = String(paid.body["clientSecret"]).split("_secret");
    told.intents.set(order, intent);
    await deliverUntilTaken(paymentEvent(`evt_${intent}`, order));
  }
}

/** As Stripe does, which takes no answer for none. */
async function deliverUntilTaken(event: string): Promise<void> {
  while ((await deliver(world, event).catch(() => undefined))?.status !== 200) await sleep(100);
}

async function intentsAtStripe(): Promise<readonly { readonly metadata: { readonly order: string } }[]> {
  const headers = { authorization: "Bearer sk_test_trust" };
  const response = await fetch(`${world.stripe.url}/v1/payment_intents?limit=100`, { headers });
  return ((await response.json()) as { data: { metadata: { order: string } }[] }).data; // As Stripe's lists are.
}

async function column(text: string): Promise<readonly string[]> {
  const [result] = await world.admin.read([{ text }]);
  return (result?.rows ?? []).map((row) => String(Object.values(row)[0]));
}

async function assertOrders({ orders, pieces }: Told): Promise<void> {
  expect(await column('select id from orders."order" order by id')).toEqual([...orders.values()].toSorted());
  for (const [product, count] of pieces)
    expect(await world.count(`select stock from catalog.product where id = '${product}'`)).toBe(stock - count);
  const total = `select count(*) from orders."order" as o where total <> (select sum(price * quantity) from orders.order_lines where _parent = o.id)`;
  expect(await world.count(total)).toBe(0);
  expect(await world.count("select count(*) from archwright.idempotency where state = 'running'")).toBe(0);
}

async function assertPayments({ intents }: Told): Promise<void> {
  expect(intents.size).toBeGreaterThan(0);
  expect(await column("select intent from payments.payment order by intent")).toEqual([...intents.values()].toSorted());
  // A repetition of the call was the same call to the provider, so that each order has one intent there.
  const orders = (await intentsAtStripe()).map(({ metadata }) => metadata.order);
  expect(new Set(orders).size).toBe(orders.length);
  const paid = "select count(*) from orders.\"order\" where status = 'paid'";
  await expect.poll(() => world.count(paid), { timeout: 20_000, interval: 200 }).toBe(intents.size);
}

async function assertEvents({ orders }: Told): Promise<void> {
  const told = "select payload ->> 'order' from archwright.outbox where event = 'orders.OrderPlaced' order by 1";
  expect(await column(told)).toEqual([...orders.values()].toSorted());
  const left = "select count(*) from archwright.delivery where state <> 'done'";
  await expect.poll(() => world.count(left), { timeout: 20_000, interval: 200 }).toBe(0);
  for (const channel of ["email", "push"]) {
    const messages = `select subject from archwright.message where channel = '${channel}' order by subject`;
    const wanted = [...orders.values()].toSorted().map((order) => `We have your order ${order}`);
    expect(await column(messages)).toEqual(wanted);
  }
}
