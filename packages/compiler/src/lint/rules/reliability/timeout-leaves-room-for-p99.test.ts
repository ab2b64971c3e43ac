import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { timeoutLeavesRoomForP99 } from "./timeout-leaves-room-for-p99.ts";

function withRates(timeout: "200ms" | "1s") {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "800ms" } },
    onFailure: { timeout, retries: 0, then: "fail" },
  });
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], async handle() {} });
  return modelOf(contexts);
}

test("a timeout below the p99 of a call is reported", () => {
  expect(findings(timeoutLeavesRoomForP99, withRates("200ms"))).toMatchInlineSnapshot(`
    "warning[reliability/timeout-leaves-room-for-p99] at rates.getRate
      rates.getRate has a p99 of 800 ms and is given up after 200 ms.
      why: More than one call in a hundred is given up although it would have been answered, and whatever it did is done.
      fix: Raise the timeout of rates above 800 ms."
  `);
});

test("a timeout above the p99 of every call is accepted", () => {
  expect(findings(timeoutLeavesRoomForP99, withRates("1s"))).toBe("");
});
