import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customers: readonly Customer[];

beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 6 }, () => world.customer()));
});

afterAll(async () => {
  await world.close();
});

/** A caller who takes his time, until the server has had enough of him. */
interface SlowCaller {
  readonly socket: Socket;
  readonly openedMs: number;
  closedMs: number | undefined;
  heard: number;
}

function call(first: string, drip?: string): SlowCaller {
  const socket = connect(world.shop.port, "127.0.0.1");
  const caller: SlowCaller = { socket, openedMs: performance.now(), closedMs: undefined, heard: 0 };
  if (first !== "") socket.write(first);
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 500);
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => (caller.heard += bytes.length));
  socket.on("close", () => {
    caller.closedMs = performance.now();
    clearInterval(dripping);
  });
  return caller;
}

const many = (count: number, make: () => SlowCaller): readonly SlowCaller[] => Array.from({ length: count }, make);

/** The time of 95 of 100 searches. */
async function searchesTake(forMs: number): Promise<number> {
  const [times, untilMs]: [number[], number] = [[], performance.now() + forMs];
  for (let turn = 0; performance.now() < untilMs; turn += 1) {
    const answered = await customers[turn % customers.length]?.get("/products?words=tea");
    expect(answered?.status).toBe(200);
    times.push(answered?.ms ?? 0);
    await sleep(20);
  }
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * 0.95)] ?? 0;
}

test("callers who say, send or read next to nothing keep nobody waiting, and are cut off within 35 seconds", async () => {
  const head = "POST /auth/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{";
  const silent = many(1_000, () => call(""));
  const slow = [
    ...many(150, () => call("GET /products?words=x HTTP/1.1\r\nhost: x\r\n", "x: y\r\n")),
    ...many(150, () => call(head, " ")),
    // What is asked for is far more than the buffers on the way hold.
    ...many(50, () => {
      const caller = call("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10));
      caller.socket.pause();
      return caller;
    }),
  ];
  const openedMs = performance.now();
  await sleep(500);
  expect(await searchesTake(4_000)).toBeLessThan(750);
  expect(world.shop.memoryMb()).toBeLessThan(600);
  await sleep(openedMs + 36_000 - performance.now());
  // A caller who does not read learns only now what became of his connection.
  slow.forEach(({ socket }) => socket.resume());
  await sleep(1_000);
  for (const { closedMs, heard } of [...silent, ...slow]) {
    expect(closedMs).toBeDefined();
    expect(heard).toBeLessThan(13_000_000);
  }
  expect(await searchesTake(500)).toBeLessThan(750);
});
