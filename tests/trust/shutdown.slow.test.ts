import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "node:http";
import type { Answered } from "./caller.ts";
import { callerOf } from "./caller.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customers: readonly Customer[];
let tea: string;
beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 20 }, () => world.customer()));
  tea = await world.product(1_000_000);
});
afterAll(() => world.close());

test("x", async () => {
  const total: Record<string, number> = {};
  for (let round = 0; round < 10; round++) {
    let stopped = false;
    const hist: Record<string, number> = {};
    let sentAt = 0;
    const lives = customers.map(async (c, i) => {
      while (!stopped) {
        const note = (k: string) => { hist[k] = (hist[k] ?? 0) + 1; };
        const after = () => sentAt ? `+` : "";
        const t = performance.now();
        try {
          const r = i % 2 ? await c.get("/products?words=tea") : await c.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": `${round}-${c.id}-${performance.now()}` } });
          note(`${after()}${r.status} ${r.headers["connection"]}`);
          if (r.status === 503) { stopped = true; }
        } catch (e) { note(`${after()}${(e as any).code} ${String((e as Error).message).slice(0,40)} ${Math.round((t - sentAt)/50)*50}`); await sleep(20); if ((e as any).code === "ECONNREFUSED") return; }
      }
    });
    await sleep(400);
    sentAt = performance.now();
    world.shop.kill("SIGTERM");
    const code = await world.shop.ended;
    const took = performance.now() - sentAt;
    await sleep(100);
    stopped = true;
    await Promise.all(lives);
    console.log(round, code, Math.round(took), hist);
    await world.restart();
  }
}, 120_000);
