import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answered, Caller } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, password, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customers: readonly Customer[];
let products: readonly string[];

beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 100 }, () => world.customer()));
  products = await Promise.all(Array.from({ length: 20 }, () => world.product(1_000_000)));
});

afterAll(async () => {
  await world.close();
});

type Ask = (index: number) => Promise<Answered>;

/** So many callers who ask again as soon as they are answered; who is sent away comes back when he was told to. */
async function askFor(ms: number, callers: number, ask: Ask): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  let isOver = false;
  const live = async (index: number): Promise<void> => {
    while (!isOver) {
      const answered = await ask(index);
      if (!isOver) answers.push(answered);
      if (answered.status === 503) await sleep(Number(answered.headers["retry-after"]) * 1_000 * (0.5 + Math.random()));
    }
  };
  const lives = Array.from({ length: callers }, (_, index) => live(index));
  await sleep(ms);
  isOver = true;
  await Promise.all(lives);
  return answers;
}

const msOf = (answers: readonly Answered[], share: number): number => {
  const times = answers.map(({ ms }) => ms).toSorted((left, right) => left - right);
  return times[Math.floor(times.length * share)] ?? 0;
};

const order: Ask = (index) =>
  customer(index).send("POST", "/orders", { body: orderOf(products[index % 20] ?? ""), headers: { "idempotency-key": randomUUID() } });

let asked = 0;
/**
 * Each order is another customer's. The machine would have to place 14,000 orders in a second for one of them to have ordered more than an
 * account may.
 */
const anybodysOrder: Ask = () => order((asked += 1));

function customer(index: number): Customer {
  const one = customers[index % customers.length];
  if (!one) throw new Error("There are no customers.");
  return one;
}

/** How long the process leaves somebody waiting who asks for nothing. */
async function lagWhile(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  void work.finally(() => (isOver = true));
  const [stranger, lags]: [Caller, number[]] = [world.stranger(), []];
  while (!isOver) {
    lags.push((await stranger.get("/health/live")).ms);
    await sleep(20);
  }
  return lags.toSorted((left, right) => left - right)[Math.floor(lags.length * 0.95)] ?? 0;
}

test("of far more callers than it can serve it serves as many as before, soon, and sends the others away at once", async () => {
  await askFor(1_000, 16, anybodysOrder);
  const atCapacity = await askFor(2_500, 32, anybodysOrder);
  const memoryBefore = world.shop.memoryMb();
  const flood = askFor(5_000, 1_000, anybodysOrder);
  const lagMs = await lagWhile(flood);
  const answers = await flood;
  const served = answers.filter(({ status }) => status === 201);
  const sentAway = answers.filter(({ status }) => status !== 201);
  for (const answered of sentAway) {
    expect(answered.status, answered.text).toBe(503);
    assertRefusal(answered, "flood");
  }
  expect(sentAway.length).toBeGreaterThan(0);
  // The flood itself takes half of this machine.
  expect(served.length / 5).toBeGreaterThan(0.5 * (atCapacity.length / 2.5));
  expect(msOf(served, 0.99)).toBeLessThan(2_500);
  expect(lagMs).toBeLessThan(1_000);
  expect(world.shop.memoryMb() - memoryBefore).toBeLessThan(150);
  expect((await order(0)).status).toBe(201);
});

test("who searches is not kept waiting by a flood of sign-ins", async () => {
  let isOver = false;
  const attempts: Promise<Answered>[] = [];
  const flood = (async (): Promise<void> => {
    for (let turn = 0; !isOver; turn += 1) {
      attempts.push(world.stranger().send("POST", "/auth/sign-in", { body: { email: `eve${turn}@shop.example`, password } }));
      await sleep(10);
    }
  })();
  await sleep(500);
  const answers = await askFor(4_000, 4, (index) => customer(index).get("/products?words=tea").then(afterAPause));
  isOver = true;
  await flood;
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(msOf(answers, 0.95)).toBeLessThan(500);
  const signIns = await Promise.all(attempts);
  expect(signIns.length).toBeGreaterThan(100);
  for (const answered of signIns) {
    expect([401, 503], answered.text).toContain(answered.status);
    assertRefusal(answered, "sign-in");
    expect(answered.ms).toBeLessThan(20_000);
  }
});

test("who pays waits no longer for a provider that hangs than he was promised, and who orders not at all", async () => {
  const placed = await Promise.all(Array.from({ length: 60 }, (_, index) => order(index)));
  world.stripe.slowBy(20_000);
  const paying = placed.map(({ body }, index) =>
    customer(index).send("POST", `/orders/${String(body["id"])}/payment`, { headers: { "idempotency-key": randomUUID() } }),
  );
  const orders = await askFor(2_000, 8, (index) => order(index).then(afterAPause));
  expect(orders.filter(({ status }) => status !== 201)).toEqual([]);
  expect(msOf(orders, 0.95)).toBeLessThan(500);
  for (const answered of await Promise.all(paying)) {
    expect([502, 503, 504], answered.text).toContain(answered.status);
    expect(answered.ms).toBeLessThan(15_000);
  }
  world.stripe.slowBy(0);
});

async function afterAPause(answered: Answered): Promise<Answered> {
  await sleep(20);
  return answered;
}
