import { expect, test } from "vitest";
import { VirtualClock } from "./virtual-clock.ts";

function createClock(): VirtualClock {
  return new VirtualClock(async () => new Promise((resolve) => setImmediate(resolve)));
}

test("sleepers wake in the order of their times, each at its own", async () => {
  const clock = createClock();
  const woken: string[] = [];
  const sleeper = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name} at ${clock.now()}`);
  };
  const sleepers = [sleeper("late", 30), sleeper("early", 10), sleeper("never", 41)];
  await clock.advance(40);
  expect(woken).toEqual(["early at 10", "late at 30"]);
  expect(clock.now()).toBe(40);
  await clock.advance(1);
  await Promise.all(sleepers);
  expect(woken.at(-1)).toBe("never at 41");
});

test("sleepers of one instant wake in the order in which they went to sleep", async () => {
  const clock = createClock();
  const woken: number[] = [];
  const sleepers = Array.from({ length: 20 }, async (_, number) => clock.sleep(10).then(() => woken.push(number)));
  await clock.advance(10);
  await Promise.all(sleepers);
  expect(woken).toEqual(Array.from({ length: 20 }, (_, number) => number));
});

test("one that goes to sleep again on waking is woken on the same way", async () => {
  const clock = createClock();
  const twice = clock
    .sleep(10)
    .then(async () => clock.sleep(10))
    .then(() => clock.now());
  await clock.advance(100);
  expect(await twice).toBe(20);
});

test("an abort ends a sleep", async () => {
  const clock = createClock();
  const alarm = new AbortController();
  const sleep = clock.sleep(1_000, alarm.signal).then(() => clock.now());
  alarm.abort();
  expect(await sleep).toBe(0);
  expect(clock.sleeping).toBe(0);
  await clock.sleep(1_000, alarm.signal);
  expect(clock.now()).toBe(0);
});
