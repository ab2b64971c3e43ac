import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { orderOf, password, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customers: readonly Customer[];
let products: readonly string[];
beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 120 }, () => world.customer()));
  products = await Promise.all(Array.from({ length: 20 }, () => world.product(1_000_000)));
}, 60_000);
afterAll(() => world.close());
const pct = (xs: number[], p: number) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length * p)] ?? 0;
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${world.shop.pid}/status`, "utf8"))?.[1]) / 1024;

async function closed(n: number, ms: number, what: (c: Customer, i: number) => Promise<{ status: number; ms: number }>) {
  let stopped = false;
  const st: Record<string, number> = {};
  const ok: number[] = [];
  const bad: number[] = [];
  const t0 = performance.now();
  const lives = Array.from({ length: n }, async (_, i) => {
    while (!stopped) {
      const c = customers[i % customers.length]!;
      try {
        const r = await what(c, i);
        st[r.status] = (st[r.status] ?? 0) + 1;
        (r.status < 400 ? ok : bad).push(r.ms);
      } catch (e) {
        st[String((e as any).code)] = (st[String((e as any).code)] ?? 0) + 1;
        await sleep(50);
      }
    }
  });
  await sleep(ms);
  stopped = true;
  const s = (performance.now() - t0) / 1000;
  await Promise.all(lives);
  return {
    n,
    st,
    okPerS: Math.round(ok.length / s),
    p50: Math.round(pct(ok, 0.5)),
    p99: Math.round(pct(ok, 0.99)),
    badp50: Math.round(pct(bad, 0.5)),
    badmax: Math.round(Math.max(0, ...bad)),
  };
}
const lag = async (ms: number) => {
  const xs: number[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    xs.push((await world.stranger().get("/health/live")).ms);
    await sleep(20);
  }
  return { livep50: Math.round(pct(xs, 0.5)), livep99: Math.round(pct(xs, 0.99)), max: Math.round(Math.max(...xs)) };
};
let k = 0;
const order = (c: Customer, i: number) =>
  c.send("POST", "/orders", { body: orderOf(products[i % 20]!), headers: { "idempotency-key": `k${k++}` } });
test("sign-in flood", async () => {
  const strangers = Array.from({ length: 300 }, () => world.stranger());
  let stopped = false;
  const st: Record<string, number> = {};
  const flood = strangers.map(async (s, i) => {
    while (!stopped) {
      const r = await s.send("POST", "/auth/sign-in", { body: { email: `x${i}@x.example`, password } });
      st[r.status] = (st[r.status] ?? 0) + 1;
    }
  });
  const [r, l] = await Promise.all([
    closed(4, 5000, (c) => c.get("/products?words=tea")),
    lag(5000),
    (async () => {
      await sleep(2000);
      console.log((await import("node:child_process")).execSync(`top -H -b -n1 -d 1 | head -25`).toString());
    })(),
  ]);
  console.log(l);
  stopped = true;
  await Promise.all(flood);
  console.log("flood", st, JSON.stringify(r));
}, 60_000);
test("sockets", async () => {
  const base = await closed(4, 2000, (c) => c.get("/products?words=tea"));
  const open = (first: string, every?: string, ms = 1000) => {
    const s: Socket = connect(world.shop.port, "127.0.0.1");
    s.on("error", () => {});
    s.write(first);
    const t = every ? setInterval(() => s.write(every), ms) : undefined;
    const o = { s, at: performance.now(), end: 0, heard: "" };
    s.on("data", (d) => (o.heard += String(d).slice(0, 40)));
    s.on("close", () => {
      o.end = performance.now();
      clearInterval(t);
    });
    return o;
  };
  const big = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nhost: x\r\n\r\n";
  const makers = {
    idle: () => Array.from({ length: 1000 }, () => open("")),
    slowloris: () => Array.from({ length: 200 }, () => open("GET /products?words=x HTTP/1.1\r\nhost: x\r\n", "x: y\r\n")),
    slowbody: () =>
      Array.from({ length: 200 }, () =>
        open("POST /auth/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{", " "),
      ),
    slowread: () =>
      Array.from({ length: 100 }, () => {
        const o = open(big.repeat(20));
        o.s.pause();
        return o;
      }),
  };
  for (const [k, make] of Object.entries(makers)) {
    const all = make();
    const during = await closed(4, 3000, (c) => c.get("/products?words=tea"));
    console.log(
      k,
      "base",
      JSON.stringify(base),
      "during",
      JSON.stringify(during),
      rss(),
      (await import("node:child_process")).execSync(`ss -tn state established sport = :${world.shop.port} | wc -l`).toString(),
    );
    if (k === "slowread")
      for (let i = 0; i < 9; i++) {
        await sleep(10000);
        console.log(
          i,
          rss(),
          (await import("node:child_process")).execSync(`ss -tn state established sport = :${world.shop.port} | wc -l`).toString(),
        );
      }
    all.forEach((o) => o.s.destroy());
    await sleep(500);
  }
}, 150_000);
