import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const wallMs = Date.UTC(2026, 9, 21, 7, 28, 0);

test("whole seconds are read", () => {
  expect(retryAfterMs(" 120 ", wallMs)).toBe(120_000);
  expect(retryAfterMs("0", wallMs)).toBe(0);
});

test("a date is read against the wall clock", () => {
  expect(retryAfterMs("Wed, 21 Oct 2026 07:28:30 GMT", wallMs)).toBe(30_000);
});

test("a date in the past asks for no pause", () => {
  expect(retryAfterMs("Wed, 21 Oct 2026 07:27:00 GMT", wallMs)).toBe(0);
});

test("a pause is a day at most", () => {
  expect(retryAfterMs("999999999999", wallMs)).toBe(86_400_000);
  expect(retryAfterMs("Fri, 21 Oct 2096 07:28:00 GMT", wallMs)).toBe(86_400_000);
});

test.each([undefined, null, "", "-5", "1.5", "soon", "1e9", "2026-10-21", "Wed, 99 Zzz 2026 07:28:30 GMT"])("%j is no answer", (header) => {
  expect(retryAfterMs(header, wallMs)).toBeUndefined();
});
