import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { resilience } from "./resilience.ts";

const subject = subjectOf(sampleShop());

test("a call has its timeout, retries, breaker, bulkhead and fallback in one row", () => {
  expect(linesAbout(resilience, subject, "bank.charge | 200 ms")[0]).toMatch(
    /^bank\.charge \| 200 ms \/ 800 ms \| .+ \| no retries \| no breaker \| .+ at once \| refusal, and when to come back$/,
  );
});

test("where the model says other numbers than the design, both stand side by side", () => {
  const lines = toldBy(resilience, subject);
  expect(lines).toContainEqual(expect.stringMatching(/^bank\.charge \| given up after 7 s \| .+/));
  expect(lines).toContainEqual(expect.stringMatching(/^bank\.charge \| 1 retry \| no retries/));
});

test("a promise that the calls behind it cannot hold is broken, or holds only as it was decided", () => {
  expect(linesAbout(resilience, subject, "orders.pay | bank.charge")[0]).toMatch(
    /\| 300 ms \| .+ \| 99\.9 % \| (broken|holds only as decided: .+)$/,
  );
  expect(linesAbout(resilience, subject, "warning: orders.pay promises more than what")).toHaveLength(1);
});
