import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answered } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

const rounds = 10;
const stock = 1_000_000;

let world: ShopWorld;
let customers: readonly Customer[];
let tea: string;

beforeEach(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 24 }, () => world.customer()));
  tea = await world.product(stock);
});

afterEach(async () => {
  await world.close();
});

/** How the last request of a customer ended: in an answer, in a refusal to connect, or in a connection that broke under it. */
type End = { readonly answered: Answered } | { readonly refused: true } | { readonly broken: string };

/** Asks until he is told that the server goes, as callers do who keep their connection and know what 503 means. */
async function ask(customer: Customer, index: number, placed: Set<unknown>): Promise<End> {
  for (;;) {
    try {
      const sending = { body: orderOf(tea), headers: { "idempotency-key": randomUUID() } };
      const answered = await (index % 2 === 0 ? customer.send("POST", "/orders", sending) : customer.get("/products?words=tea"));
      if (answered.status === 201) placed.add(answered.body["id"]);
      if (answered.status >= 300) return { answered };
      // Some ask all the time, others now and then.
      await sleep((index % 4) * 15);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      return code === "ECONNREFUSED" ? { refused: true } : { broken: code };
    }
  }
}

test("a server that is stopped under load breaks no connection, loses nothing, and ends", async () => {
  const placed = new Set<unknown>();
  const ends: End[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const asking = customers.map((customer, index) => ask(customer, index, placed));
    await sleep(300 + Math.random() * 300);
    const startedMs = performance.now();
    world.shop.kill("SIGTERM");
    expect(await world.shop.ended).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    ends.push(...(await Promise.all(asking)));
    await world.restart();
  }
  expect(ends.filter((end) => "broken" in end)).toEqual([]);
  for (const end of ends) {
    if (!("answered" in end)) continue;
    expect(end.answered.status).toBe(503);
    assertRefusal(end.answered, "closing");
    expect(end.answered.headers["connection"]).toBe("close");
  }
  expect(placed.size).toBeGreaterThan(rounds);
  expect(await world.count('select count(*) from orders."order"')).toBe(placed.size);
  expect(await world.count(`select stock from catalog.product where id = '${tea}'`)).toBe(stock - placed.size);
});

test("what a third party is being asked for is waited for", async () => {
  const [customer] = customers;
  if (!customer) throw new Error("There is no customer.");
  const { body } = await customer.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": randomUUID() } });
  world.stripe.slowBy(1_200);
  const paying = customer.send("POST", `/orders/${String(body["id"])}/payment`, { headers: { "idempotency-key": randomUUID() } });
  const held = "select count(*) from archwright.idempotency where state = 'running'";
  await expect.poll(() => world.count(held), { timeout: 20_000 }).toBe(1);
  world.shop.kill("SIGTERM");
  expect((await paying).status).toBe(200);
  expect(await world.shop.ended).toBe(0);
  expect(await world.count(`select count(*) from payments.payment where "order" = '${String(body["id"])}'`)).toBe(1);
});
