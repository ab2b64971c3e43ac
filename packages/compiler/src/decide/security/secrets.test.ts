import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(facts: Parameters<typeof modelOf>[1] = {}) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50: "100ms", p99: "200ms" } },
    onFailure: { retries: 0, then: "fail" },
  });
  Orders.command("pay", { allow: [customer], calls: [Bank.charge], async handle() {} });
  return modelOf(contexts, facts);
}

test("the way to the database, a signing key, one for columns and one for each third party have to be kept", () => {
  expect(verdictOf(paying(), "secrets").options["platform-store"]?.["cost"]).toBeCloseTo(4 * 0.4);
});

test("few secrets are changed by hand, many by a store", () => {
  // By hand 6 money each; by the store 15, and 1.60 each: they meet at 3.4.
  expect(verdictOf(paying(), "secrets", { secrets: 3 }).chosen).toBe("environment");
  expect(verdictOf(paying(), "secrets", { secrets: 4 }).chosen).toBe("platform-store");
});

test("an auditor rules out the settings of a process", () => {
  const { chosen, options } = verdictOf(paying({ comply: ["soc2"] }), "secrets", { secrets: 2 });
  expect(chosen).toBe("platform-store");
  expect(options["environment"]?.ruledOutBy).toEqual(["under SOC2 one has to show who has read which secret, and when it was changed"]);
});

test("a machine of one's own has a vault or nothing", () => {
  const pin = { hosting: { choose: "single-machine", because: "it stands in the cellar" } } as const;
  const { chosen, options } = verdictOf(paying({ comply: ["soc2"], pin }), "secrets");
  expect(chosen).toBe("vault");
  expect(options["platform-store"]?.ruledOutBy).toEqual(["a machine of one's own has no such store"]);
});
