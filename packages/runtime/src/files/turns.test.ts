import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("no more run at once than there are places, and all get their turn", async () => {
  const turns = new Turns({ inFlightMax: 2, waitersMax: 20 });
  let [running, most] = [0, 0];
  const work = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await sleep(2);
    running -= 1;
    return "done";
  };
  const ends = await Promise.all(Array.from({ length: 12 }, () => turns.take(work, () => "refused")));
  expect([new Set(ends), most]).toEqual([new Set(["done"]), 2]);
});

test("who finds no place in the line is refused at once", async () => {
  const turns = new Turns({ inFlightMax: 1, waitersMax: 0 });
  const first = turns.take(
    () => sleep(5, "done"),
    () => "refused",
  );
  expect([
    await turns.take(
      async () => "done",
      () => "refused",
    ),
    await first,
  ]).toEqual(["refused", "done"]);
});

test("who has waited too long is refused, and takes nobody's place", async () => {
  const turns = new Turns({ inFlightMax: 1, waitersMax: 5, waitMs: 5 });
  const first = turns.take(
    () => sleep(40, "done"),
    () => "refused",
  );
  expect(
    await turns.take(
      async () => "done",
      () => "refused",
    ),
  ).toBe("refused");
  expect([
    await first,
    await turns.take(
      async () => "done",
      () => "refused",
    ),
  ]).toEqual(["done", "done"]);
});

test("a turn that fails makes place for the next", async () => {
  const turns = new Turns({ inFlightMax: 1, waitersMax: 5 });
  const failing = turns.take<string>(
    () => Promise.reject(new Error("broken")),
    () => "refused",
  );
  const next = turns.take(
    async () => "done",
    () => "refused",
  );
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
});
