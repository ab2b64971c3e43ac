import { t, integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { webhookIntake } from "./webhook-intake.ts";

function payments({ verified = true, asks = false } = {}) {
  const { Orders, Order, contexts } = sample();
  const Bank = integration("bank", {
    calls: { look: { p50: "100ms", p99: "1s", availability: "99%" } },
    webhooks: { paid: { order: t.ref(Order) } },
    ...(verified && { verify: "signature" }),
    onFailure: { timeout: "2s", retries: 0, then: "fail" },
  });
  const markPaid = Orders.command("markPaid", {
    allow: "system",
    input: { order: t.ref(Order) },
    ...(asks && { calls: [Bank.look] }),
    async handle() {},
  });
  Orders.on(Bank.webhooks.paid, markPaid);
  return modelOf(contexts, { load: [{ on: markPaid, mean: "1/s" }] });
}

const decided = (facts: Parameters<typeof payments>[0], answers: Record<string, number> = {}): Verdict =>
  verdictOf(payments(facts), "webhook-intake:bank", answers, [webhookIntake]);

test("what is soon done is done at once", () => {
  expect(decided({}).chosen).toBe("inline");
});

test("what takes half of the sender's patience is stored first", () => {
  expect(decided({}, { "orders.markPaid.p99": 7_400 }).chosen).toBe("inline");
  const { chosen, options } = decided({}, { "orders.markPaid.p99": 7_600 });
  expect(chosen).toBe("store-then-process");
  expect(options["inline"]?.ruledOutBy).toEqual(["bank would give up waiting, and send it again"]);
});

test("what waits for a third party that fails more often than we may is stored first", () => {
  const { chosen, options } = decided({ asks: true });
  expect(chosen).toBe("store-then-process");
  expect(options["inline"]?.ruledOutBy).toEqual(["what markPaid waits for would fail the delivery more often than we promise"]);
});

test("what an outage has held up must not bury the server", () => {
  expect(decided({}, { rto: 4 * 3_600_000 }).chosen).toBe("inline");
  const { chosen, options } = decided({}, { rto: 48 * 3_600_000, "bank.paid.mean": 3 });
  expect(chosen).toBe("store-then-process");
  expect(options["inline"]?.ruledOutBy).toEqual(["after an outage everything that was held up comes at once"]);
});

test("what cannot be verified should not be taken at all", () => {
  const { options } = decided({ verified: false });
  for (const id of ["inline", "store-then-process"])
    expect(options[id]?.ruledOutBy).toContain("anybody could send in the name of bank: say how it is verified");
});

test("a third party that sends nothing is not listened to", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "webhook-intake:bank", {}, [webhookIntake])).toThrow("There is no decision");
});
