import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answered } from "./caller.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

let proxy: TcpProxy;
let world: ShopWorld;
let customers: readonly Customer[];
let tea: string;

beforeAll(async () => {
  world = await shopWorld({
    async databaseUrl(adminUrl) {
      const url = new URL(adminUrl);
      proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
      url.port = String(proxy.port);
      return url.href;
    },
  });
  customers = await Promise.all(Array.from({ length: 12 }, () => world.customer()));
  tea = await world.product(1_000_000);
});

afterAll(async () => {
  await world.close();
  await proxy.close();
});

interface Seen {
  readonly atMs: number;
  readonly what: string;
  readonly answered: Answered | undefined;
  readonly error?: string;
}

/** Customers who order, look and search for as long as they are let. */
function traffic(): { readonly seen: Seen[]; readonly keys: { readonly customer: Customer; readonly key: string }[]; stop(): Promise<void> } {
  const seen: Seen[] = [];
  const keys: { customer: Customer; key: string }[] = [];
  let stopped = false;
  const note = async (what: string, asked: Promise<Answered>): Promise<void> => {
    const atMs = performance.now();
    try {
      seen.push({ atMs, what, answered: await asked });
    } catch (error) {
      seen.push({ atMs, what, answered: undefined, error: String(error) });
    }
  };
  const live = async (customer: Customer): Promise<void> => {
    for (let turn = 0; !stopped; turn += 1) {
      const key = `${customer.id}-${performance.now()}`;
      keys.push({ customer, key });
      await note("order", customer.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": key } }));
      await note("list", customer.get("/orders?limit=1"));
      await note("search", customer.get("/products?words=tea"));
      await sleep(40);
    }
  };
  const lives = customers.map(live);
  return { seen, keys, stop: async () => { stopped = true; await Promise.all(lives); } };
}
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${world.shop.pid}/status`, "utf8"))?.[1]) / 1024;

async function scenario(name: string, cut: () => void, heal: () => void, ms: number) {
  const { seen, stop } = traffic();
  await sleep(1000);
  const r0 = rss();
  const t0 = performance.now();
  cut();
  const probes: string[] = [];
  let probing = true;
  const probe = (async () => { while (probing) { const [l, r] = await Promise.all([world.stranger().get("/health/live"), world.stranger().get("/health/ready")]); probes.push(`${Math.round(performance.now() - t0)}: live ${l.status} ${Math.round(l.ms)} ready ${r.status} ${Math.round(r.ms)}`); await sleep(250); } })();
  await sleep(ms);
  heal();
  const t1 = performance.now();
  await sleep(6000);
  probing = false; await probe;
  const r1 = rss();
  await stop();
  const during = seen.filter(({ atMs }) => atMs > t0 - 500 && atMs < t1);
  const after = seen.filter(({ atMs }) => atMs >= t1);
  const hist: Record<string, number> = {};
  for (const s of during) { const k = `${s.what} ${s.answered?.status ?? s.error} ${s.answered?.body["code"] ?? ""} ra=${s.answered?.headers["retry-after"]}`; hist[k] = (hist[k] ?? 0) + 1; }
  console.log(name, hist, "max ms", Math.max(...during.map((s) => s.answered?.ms ?? 0)), "last bad after heal", Math.max(0, ...after.filter((s) => (s.answered?.status ?? 500) >= 500).map((s) => s.atMs + (s.answered?.ms ?? 0) - t1)), "rss", r0, r1);
  console.log(probes.filter((_, i) => i % 3 === 0).join("\n"));
}
test("hole", async () => { await scenario("hole", () => proxy.set({ kind: "swallows" }), () => proxy.set({ kind: "passes", delayMs: 0 }), 10_000); });
test("hole forgetful", async () => { await scenario("forget", () => proxy.set({ kind: "swallows" }, true), () => proxy.set({ kind: "passes", delayMs: 0 }), 10_000); }, 100_000);
test("rst", async () => { await scenario("rst", () => proxy.set({ kind: "resets" }), () => proxy.set({ kind: "passes", delayMs: 0 }), 5_000); });
test("latency", async () => { await scenario("latency", () => proxy.set({ kind: "passes", delayMs: 100 }), () => proxy.set({ kind: "passes", delayMs: 0 }), 5_000); });
