import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurnstile } from "./turnstile.ts";

test("so many are let in, and one more is sent away at once", async () => {
  const enter = createTurnstile(2);
  const inside = [enter(() => sleep(50, "first")), enter(() => sleep(50, "second"))];
  await expect(enter(async () => "third")).rejects.toMatchObject({ status: 503, code: "unavailable", retryAfterMs: 1_000 });
  expect(await Promise.all(inside)).toEqual(["first", "second"]);
});

test("who leaves makes room, whether he succeeded or not", async () => {
  const enter = createTurnstile(1);
  await expect(enter(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await enter(async () => "next")).toBe("next");
});
