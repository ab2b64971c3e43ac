import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(facts: Parameters<typeof modelOf>[1] = {}, promise: { availability?: "99.99%" } = {}) {
  const { Orders, customer, contexts } = sample();
  const bank = integration("bank", {
    calls: { charge: { input: { note: t.text().max(10) }, returns: {}, p50: "50ms", p99: "100ms", availability: "99.95%" } },
    onFailure: { retries: 0, then: "fail" },
  });
  Orders.command("pay", { allow: [customer], calls: [bank.charge], slo: { p99: "400ms", ...promise }, async handle() {} });
  return modelOf(contexts, facts);
}

test("a third party that may be down for longer than is promised is taken away on purpose", () => {
  expect(verdictOf(paying({ availability: "99.9%" }), "testing").chosen).toBe("contract-and-policy");
  expect(verdictOf(paying({ availability: "99.96%" }), "testing")).toMatchObject({
    chosen: "plus-fault-injection",
    options: {
      "plus-load": {
        ruledOutBy: [
          "what third parties may be down for exceeds what is promised, so that the promise hangs on what happens when they fail",
        ],
      },
    },
  });
});

test("what an operation promises of its own counts, not what the system does", () => {
  expect(verdictOf(paying({ availability: "99.9%" }, { availability: "99.99%" }), "testing").chosen).toBe("plus-fault-injection");
});

test("a p99 that comes within half of its promise is tried under load", () => {
  const model = paying({ availability: "99.9%" });
  expect(verdictOf(model, "testing", { "testing.tightness": 0.5 }).chosen).toBe("contract-and-policy");
  expect(verdictOf(model, "testing", { "testing.tightness": 0.51 })).toMatchObject({
    chosen: "plus-load",
    options: { "contract-and-policy": { ruledOutBy: ["a reckoning that is off by that much would break a promised p99"] } },
  });
});

test("a team of one has no days for faults on purpose", () => {
  const { options } = verdictOf(paying({ availability: "99.9%", team: 1, growth: "0%" }), "testing", { "constant.testing-share": 0.1 });
  expect(options["plus-fault-injection"]?.ruledOutBy).toEqual(["a team of that size has other work"]);
});

test("without operations there is nothing to try", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "testing")).toThrow("There is no decision testing");
});
