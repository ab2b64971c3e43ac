import { expect, test } from "vitest";
import { RollingWindow } from "./rolling-window.ts";

test("calls are counted for nine to ten tenths of the window", () => {
  const window = new RollingWindow(100);
  window.record(true, 9);
  window.record(false, 10);
  expect(window.counts(99)).toEqual({ calls: 2, failures: 1 });
  expect(window.counts(100)).toEqual({ calls: 1, failures: 0 });
  expect(window.counts(110)).toEqual({ calls: 0, failures: 0 });
});

test("a pause of many windows leaves nothing behind", () => {
  const window = new RollingWindow(100);
  for (let nowMs = 0; nowMs < 100; nowMs += 1) {
    window.record(true, nowMs);
  }
  expect(window.counts(1_000_000)).toEqual({ calls: 0, failures: 0 });
});
