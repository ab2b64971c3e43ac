import { expect, test } from "vitest";
import { guardOptions } from "./guard-options.ts";
import { carrier, shop } from "./test-systems.ts";

const stripe = shop({ timeout: "700ms", retries: 4, breaker: { open: "30%", over: "20s" }, then: "fail" }).lookup.integration("stripe");

test("the model's words are kept to", () => {
  expect(guardOptions(stripe)).toMatchObject({
    callee: "stripe",
    timeoutMs: 700,
    retriesMax: 4,
    breaker: { failureRatio: 0.3, windowMs: 20_000 },
    bulkhead: { inFlightMax: 20, waitMs: 700 },
  });
});

test("the places are the rate times the time that a call takes, of the largest limit", () => {
  const calls = stripe.calls.map((call, index) => ({ ...call, p99Ms: 900, ...(index < 2 && { limitPerSecond: [10, 100][index] ?? 0 }) }));
  expect(guardOptions({ ...stripe, calls }).inFlightMax).toBe(90);
});

test("a limit that nobody knows is reckoned with as it is assumed, and there is always one place and never a thousand", () => {
  const [call] = stripe.calls;
  if (!call) throw new Error("The shop calls Stripe.");
  const placesAt = (assumed: number): number =>
    guardOptions({ ...stripe, calls: [{ ...call, p99Ms: 1_000, limitPerSecond: { kind: "unknown", ask: "How many?", assumed } }] })
      .inFlightMax;
  expect([placesAt(30), placesAt(0), placesAt(100_000)]).toEqual([30, 1, 1_000]);
});

test("where the model is silent, a call takes five seconds at most and is repeated twice", () => {
  const { onFailure: _onFailure, ...silent } = carrier().lookup.integration("parcelCarrier");
  expect(guardOptions(silent)).toMatchObject({ timeoutMs: 5_000, retriesMax: 2, inFlightMax: 20 });
});
