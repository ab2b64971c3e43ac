import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function asking(then: "fail" | "queue" | "degrade", promise: `${number}%`, answers = true) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: {
      charge: {
        input: { cents: t.int() },
        ...(answers && { returns: { id: t.text() } }),
        p50: "100ms",
        p99: "190ms",
        availability: "99.9%",
      },
    },
    onFailure: { retries: 0, then },
  });
  Orders.command("pay", {
    allow: [customer],
    calls: [Bank.charge],
    slo: { p99: "2s", availability: promise },
    async handle() {},
  });
  return modelOf(contexts);
}

test("what the model says is kept while the promise is", () => {
  expect(verdictOf(asking("fail", "99.9%"), "fallback:bank").chosen).toBe("fail");
  expect(verdictOf(asking("degrade", "99.9%"), "fallback:bank").chosen).toBe("degrade");
});

test("a promise above that of the third party rules out failing with it", () => {
  const { chosen, options } = verdictOf(asking("fail", "99.95%", false), "fallback:bank");
  expect(chosen).toBe("queue");
  expect(options["fail"]?.ruledOutBy).toEqual(["while bank is down those who wait for it spend more than their promise lets fail"]);
  expect([options["fail"]?.["availability"], options["queue"]?.["availability"]]).toEqual([0.999, 1]);
});

test("what answers at once cannot wait in a queue", () => {
  const { chosen, options } = verdictOf(asking("fail", "99.95%"), "fallback:bank");
  expect(chosen).toBe("fail");
  expect(options["queue"]?.ruledOutBy).toEqual(["an answer of bank is needed at once"]);
});

test("what runs on an event is run again, and refuses nobody", () => {
  const { Orders, Order, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { p50: "100ms", p99: "190ms", availability: "99%" } },
    onFailure: { retries: 0, then: "fail" },
  });
  const Placed = Orders.event("Placed", { order: t.ref(Order) });
  Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  Orders.on(Placed, Orders.command("charge", { allow: "system", input: { order: t.ref(Order) }, calls: [Bank.charge], async handle() {} }));
  const { chosen, options } = verdictOf(modelOf(contexts, { availability: "99.95%" }), "fallback:bank");
  expect(chosen).toBe("fail");
  expect(options["fail"]?.ruledOutBy).toEqual([]);
});

test("a third party that nobody waits for needs no fallback", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "fallback:bank")).toThrow("There is no decision fallback:bank");
});
