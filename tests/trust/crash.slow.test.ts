import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import type { Answered } from "./caller.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

const killings = 15;
const stock = 1_000_000;

let world: ShopWorld;
let customers: readonly Customer[];
let products: readonly string[];

beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 16 }, () => world.customer()));
  products = await Promise.all(Array.from({ length: 4 }, () => world.product(stock)));
});

afterAll(async () => {
  await world.close();
});

/** What the shop has told its customers. */
interface Told {
  readonly orders: Map<string, string>;
  readonly payments: Map<string, string>;
  readonly refusals: string[];
  attempts: number;
}

test("whenever the server is killed, no acknowledged order is lost, none is made twice, and each event has its effect once", async () => {
  const told: Told = { orders: new Map(), payments: new Map(), refusals: [], attempts: 0 };
  const end = { shop: false };
  const lives = customers.map((customer, index) => live(customer, index, told, end));
  const resumed: number[] = [];
  for (let round = 0; round < killings; round += 1) {
    await sleep(150 + Math.random() * 700);
    world.shop.kill("SIGKILL");
    const killedMs = performance.now();
    await world.shop.ended;
    await world.restart();
    while (
      (
        await world
          .stranger()
          .get("/health/ready")
          .catch(() => undefined)
      )?.status !== 200
    )
      await sleep(10);
    resumed.push(performance.now() - killedMs);
  }
  end.shop = true;
  await Promise.all(lives);
  console.log(
    "orders",
    told.orders.size,
    "payments",
    told.payments.size,
    "attempts",
    told.attempts,
    "resumed",
    resumed.map(Math.round).join(" "),
    told.refusals.slice(0, 3),
  );
  const t = performance.now();
  await expect
    .poll(() => world.count("select count(*) from archwright.delivery where state <> 'done'"), { timeout: 90_000, interval: 250 })
    .toBe(0);
  console.log("deliveries done after", performance.now() - t, await world.count("select count(*) from archwright.delivery"));
  const q = async (text: string) => (await world.admin.read([{ text }]))[0]?.rows;
  console.log(
    await q("select status, count(*) from orders.order group by 1"),
    await q("select event, count(*) from archwright.outbox group by 1"),
    await q("select state, count(*) from archwright.delivery group by 1"),
    await q("select state, channel, count(*), count(distinct subject) from archwright.message group by 1,2"),
    await q("select state, status, count(*) from archwright.idempotency group by 1,2"),
    await q("select count(*) from payments.payment"),
    await q("select sum(quantity) from orders.order_lines"),
    await q("select sum(stock) from catalog.product"),
  );
  console.log(
    (await fetch(`${world.stripe.url}/v1/payment_intents?limit=100`, { headers: { authorization: "Bearer sk_test_trust" } })).status,
  );
}, 240_000);

async function live(customer: Customer, index: number, told: Told, end: { readonly shop: boolean }): Promise<void> {
  for (let turn = 0; !end.shop; turn += 1) {
    const key = newId("key");
    const product = products[(index + turn) % products.length] ?? "";
    const ordered = await insist(customer, "/orders", key, orderOf(product, 1 + (turn % 3)), told);
    if (ordered.status !== 201) {
      told.refusals.push(ordered.text);
      continue;
    }
    told.orders.set(key, String(ordered.body["id"]));
    if ((index + turn) % 3 > 0) continue;
    const order = String(ordered.body["id"]);
    const paid = await insist(customer, `/orders/${order}/payment`, newId("key"), undefined, told);
    if (paid.status !== 200) {
      told.refusals.push(paid.text);
      continue;
    }
    told.payments.set(order, String(paid.body["clientSecret"]).split("_secret")[0] ?? "");
    await confirm(told.payments.get(order) ?? "");
  }
}

async function confirm(intent: string) {
  const r = await fetch(`${world.stripe.url}/v1/payment_intents/${intent}/confirm`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_trust" },
    body: new URLSearchParams({ payment_method: "pm_card_visa" }),
  });
  await r.arrayBuffer();
}

/** Repeats a request, with its key, until there is an answer to it: as a client does that was left without one. */
async function insist(customer: Customer, path: string, key: string, body: unknown, told: Told): Promise<Answered> {
  for (;;) {
    told.attempts += 1;
    const answered = await customer
      .send("POST", path, { ...(body !== undefined && { body }), headers: { "idempotency-key": key } })
      .catch(() => undefined);
    if (answered && answered.status < 500 && answered.body["code"] !== "in-flight") return answered;
    await sleep(30);
  }
}
