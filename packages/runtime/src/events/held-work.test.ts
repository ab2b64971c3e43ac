import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { HeldWork, inTime } from "./held-work.ts";

interface Piece {
  readonly name: string;
  readonly end: Promise<unknown>;
}

/** What is due, taken away by whoever claims it. */
function shelf(due: Piece[], atOnceMax: number) {
  const done: string[] = [];
  const renewed: string[] = [];
  const work = new HeldWork<Piece>({
    atOnceMax,
    claim: async (count) => due.splice(0, count),
    renew: async (pieces) => void renewed.push(...pieces.map(({ name }) => name)),
    renewEveryMs: 20,
    groups: (pieces) => pieces.map((piece) => [piece]),
    async work([piece]) {
      await piece?.end;
      done.push(piece?.name ?? "");
    },
  });
  return { work, done, renewed };
}

const quick = (count: number): Piece[] => Array.from({ length: count }, (_, index) => ({ name: `quick ${index}`, end: sleep(1) }));
const stuck: Piece = { name: "stuck", end: new Promise(() => undefined) };

test("all that is due is done, so much at once", async () => {
  const { work, done } = shelf(quick(10), 4);
  while (await work.turn());
  expect(done).toHaveLength(10);
});

test("what takes long keeps its own place and no other", async () => {
  const { work, done } = shelf([stuck, ...quick(10)], 3);
  while (done.length < 10) await work.turn();
  expect(done).not.toContain("stuck");
  await work.close(0);
});

test("while every place is taken nothing more is claimed", async () => {
  const due = [stuck, stuck, ...quick(3)];
  const { work } = shelf(due, 2);
  await work.turn();
  expect(await work.turn()).toBe(true);
  expect(due).toHaveLength(3);
  await work.close(0);
});

test("a lease is renewed while the work goes on, and not after", async () => {
  let finish: (of?: unknown) => void = () => undefined;
  const { work, renewed } = shelf([{ name: "long", end: new Promise((resolve) => (finish = resolve)) }], 2);
  await work.turn();
  await vi.waitFor(() => expect(renewed.length).toBeGreaterThan(2), { timeout: 4_000 });
  finish();
  await work.close();
  const count = renewed.length;
  await sleep(60);
  expect(renewed).toHaveLength(count);
});

test("closing waits for what is under way", async () => {
  const { work, done } = shelf([{ name: "brief", end: sleep(400) }], 1);
  await work.turn();
  await work.close();
  expect(done).toEqual(["brief"]);
});

test("closing waits no longer than its grace", async () => {
  const { work, done } = shelf([stuck], 1);
  await work.turn();
  await work.close(100);
  expect(done).toEqual([]);
});

test("work that is not done in time is given up, and what comes of it later disturbs nobody", async () => {
  const late = sleep(60).then(() => {
    throw new Error("too late to matter");
  });
  await expect(inTime(late, 20)).rejects.toThrow("It was not done after 0.02 s.");
  await sleep(80);
  expect(await inTime(Promise.resolve("done"), 20)).toBe("done");
});
