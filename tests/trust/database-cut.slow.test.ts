import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../packages/runtime/src/database/embedded.ts";
import { callerOf, type Answered } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

const stock = 1_000_000;
const passes = { kind: "passes", delayMs: 0 } as const;

let folder: string;
let postgres: EmbeddedPostgres;
let proxy: TcpProxy;
let world: ShopWorld;
let tea: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-cut-"));
  // One of its own, which keeps what it has acknowledged: it is to be killed.
  postgres = await startEmbeddedPostgres({ directory: folder });
  proxy = await startTcpProxy(() => postgres);
  const adminUrl = new URL(await postgres.database("shop"));
  adminUrl.port = String(proxy.port);
  world = await shopWorld({ adminUrl: adminUrl.href });
  tea = await world.product(stock);
});

afterEach(() => {
  proxy.set(passes);
});

afterAll(async () => {
  await world.close();
  await proxy.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Seen {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly what: string;
  /** Undefined where the connection to the server itself broke. */
  readonly answered: Answered | undefined;
}

interface Ordered {
  readonly customer: Customer;
  readonly key: string;
  readonly answered: Answered | undefined;
}

const newCustomers = (): Promise<readonly Customer[]> => Promise.all(Array.from({ length: 12 }, () => world.customer()));

/**
 * However fast the machine is, an account may ask 1,200 times at once. Customers are those of one test, of some 15 seconds: at this pace
 * they ask 450 times, and 150 times again.
 */
const turnMs = 100;

/** Customers who order, list and search for as long as they are let. */
class Traffic {
  readonly seen: Seen[] = [];
  readonly orders: Ordered[] = [];
  readonly #lives: readonly Promise<void>[];
  #stopped = false;

  constructor(customers: readonly Customer[]) {
    this.#lives = customers.map((customer) => this.#live(customer));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#lives);
  }

  async #live(customer: Customer): Promise<void> {
    while (!this.#stopped) await Promise.all([this.#turn(customer), sleep(turnMs)]);
  }

  async #turn(customer: Customer): Promise<void> {
    const key = `${customer.id}-${performance.now()}`;
    const ordering = customer.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": key } });
    this.orders.push({ customer, key, answered: await this.#note("order", ordering) });
    await this.#note("list", customer.get("/orders?limit=1"));
    await this.#note("search", customer.get("/products?words=tea"));
  }

  async #note(what: string, asked: Promise<Answered>): Promise<Answered | undefined> {
    const startedMs = performance.now();
    const answered = await asked.catch(() => undefined);
    this.seen.push({ startedMs, endedMs: performance.now(), what, answered });
    return answered;
  }
}

interface Cut {
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  readonly forMs: number;
}

const answeredWithinMs = 5_000;
const recoveredWithinMs = 2_500;
const calmMs = 1_500;

/** Cuts the database off under traffic, and says what callers saw of it. */
async function cutOff({ begin, end, forMs }: Cut): Promise<readonly Ordered[]> {
  const traffic = new Traffic(await newCustomers());
  await sleep(700);
  const memoryBefore = world.shop.memoryMb();
  const begunMs = performance.now();
  await begin();
  const health = watchHealth(begunMs);
  await sleep(forMs);
  await health.stop();
  await end();
  const endedMs = performance.now();
  await sleep(recoveredWithinMs + calmMs);
  await traffic.stop();
  traffic.seen.forEach((one) => assertSound(one, endedMs + recoveredWithinMs));
  expect(health.lives.filter((live) => live?.status !== 200 || live.ms > 1_000)).toEqual([]);
  expect(health.notReadyAfterMs).toBeLessThan(3_000);
  expect(world.shop.memoryMb() - memoryBefore).toBeLessThan(80);
  return traffic.orders;
}

/** Served, or refused soon and in words; and served for certain when the database has been back for long enough. */
function assertSound({ what, answered, startedMs, endedMs }: Seen, recoveredMs: number): void {
  expect(answered, `${what} was not answered`).toBeDefined();
  if (!answered) return;
  expect([200, 201, 503, 504], `${what} ${answered.text}`).toContain(answered.status);
  if (answered.status >= 500) {
    assertRefusal(answered, what);
    expect(Number(answered.headers["retry-after"])).toBeGreaterThan(0);
  }
  expect(endedMs - startedMs, what).toBeLessThan(answeredWithinMs);
  if (startedMs > recoveredMs) expect(answered.status, `${what} after the end`).toBeLessThan(300);
}

interface Health {
  /** What /health/live said each time; nothing, where it said nothing. */
  readonly lives: (Answered | undefined)[];
  /** When /health/ready said no for the first time. */
  notReadyAfterMs: number;
  stop(): Promise<void>;
}

function watchHealth(begunMs: number): Health {
  const stranger = world.stranger();
  const ask = (path: string): Promise<Answered | undefined> => stranger.get(path).catch(() => undefined);
  let stopped = false;
  const look = async (): Promise<void> => {
    while (!stopped) {
      const [live, ready] = await Promise.all([ask("/health/live"), ask("/health/ready")]);
      health.lives.push(live);
      if (ready?.status !== 200) health.notReadyAfterMs = Math.min(health.notReadyAfterMs, performance.now() - begunMs);
      await sleep(100);
    }
  };
  const health: Health = {
    lives: [],
    notReadyAfterMs: Number.POSITIVE_INFINITY,
    async stop() {
      stopped = true;
      await looking;
    },
  };
  const looking = look();
  return health;
}

/** Whoever got no answer asks again with his key, and then every order is there once. */
async function assertEachOnce(orders: readonly Ordered[]): Promise<void> {
  const ids = new Set<unknown>();
  const askAgain = async (of: Customer): Promise<void> => {
    for (const { customer, key, answered } of orders.filter((order) => order.customer === of)) {
      const again = await customer.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": key } });
      expect(again.status, again.text).toBe(201);
      if (answered?.status === 201) expect(again.body["id"]).toBe(answered.body["id"]);
      ids.add(again.body["id"]);
    }
  };
  await Promise.all([...new Set(orders.map(({ customer }) => customer))].map(askAgain));
  expect(ids.size).toBe(orders.length);
  const placed = await world.count('select count(*) from orders."order"');
  expect(await world.count(`select stock from catalog.product where id = '${tea}'`)).toBe(stock - placed);
  expect(await world.count("select count(*) from archwright.outbox where event = 'orders.OrderPlaced'")).toBe(placed);
}

test("a network that swallows everything for ten seconds", async () => {
  await assertEachOnce(await cutOff({ begin: () => proxy.set({ kind: "swallows" }), end: () => proxy.set(passes), forMs: 10_000 }));
});

test("a network that comes back and has forgotten every connection", async () => {
  await assertEachOnce(await cutOff({ begin: () => proxy.set({ kind: "swallows" }, true), end: () => proxy.set(passes), forMs: 4_500 }));
});

test("a network that breaks off every connection", async () => {
  await assertEachOnce(await cutOff({ begin: () => proxy.set({ kind: "resets" }), end: () => proxy.set(passes), forMs: 1_500 }));
});

test("a PostgreSQL that is killed under the traffic, and started again", async () => {
  const [data] = await world.admin.read([{ text: "show data_directory" }]);
  const postmaster = Number(readFileSync(join(String(data?.rows[0]?.["data_directory"]), "postmaster.pid"), "utf8").split("\n")[0]);
  const orders = await cutOff({
    begin: () => void process.kill(postmaster, "SIGQUIT"),
    async end() {
      postgres = await startEmbeddedPostgres({ directory: folder });
    },
    forMs: 1_500,
  });
  await assertEachOnce(orders);
});

test("a network that is slow fails nobody", async () => {
  const traffic = new Traffic(await newCustomers());
  proxy.set({ kind: "passes", delayMs: 40 });
  await sleep(3_000);
  proxy.set(passes);
  await traffic.stop();
  expect(traffic.seen.filter(({ answered }) => (answered?.status ?? 500) >= 300)).toEqual([]);
});

test("a server that is stopped while its database is cut off ends all the same", async () => {
  const ending = await world.another();
  const callers = (await newCustomers()).map(({ token }) => callerOf(() => ending.url, token));
  await Promise.all(callers.map((caller) => caller.get("/orders")));
  proxy.set({ kind: "swallows" });
  const asked = callers.map((caller) => caller.get("/orders").catch(() => undefined));
  await sleep(200);
  const startedMs = performance.now();
  ending.kill("SIGTERM");
  expect(await ending.ended).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  await Promise.all(asked);
});
