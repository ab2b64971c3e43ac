import { context, integration, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying() {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50: "100ms", p99: "200ms", limit: "100/s" } },
    onFailure: { retries: 0, then: "fail" },
  });
  const pay = Orders.command("pay", { allow: [customer], calls: [Bank.charge], async handle() {} });
  return modelOf(contexts, { load: [{ on: pay, mean: "5/s", peak: "20/s" }] });
}

function inHouse(clients: readonly ("web" | "device")[]) {
  const House = context("house");
  const Clerk = House.entity("Clerk", { id: t.id("clk"), email: t.email().pii("contract", "90d") });
  const clerk = role("clerk", Clerk);
  House.command("note", { allow: [clerk], async handle() {} });
  return modelOf([House], { clients });
}

test("where anybody may sign up there are buckets", () => {
  const { chosen, options } = verdictOf(paying(), "rate-limit");
  expect(chosen).toBe("token-bucket");
  expect(options["none"]?.ruledOutBy).toEqual(["anybody may sign up as customer, and as often as he likes"]);
});

test("a burst above what a third party takes asks for a window", () => {
  expect(verdictOf(paying(), "rate-limit", { "orders.pay.peak": 50 }).chosen).toBe("token-bucket");
  const { chosen, options } = verdictOf(paying(), "rate-limit", { "orders.pay.peak": 50.5 });
  expect(chosen).toBe("sliding-window");
  expect(options["token-bucket"]?.ruledOutBy).toEqual([
    "a burst that is let in becomes a burst at bank, above what is taken there in a second",
  ]);
});

test("those who are all known need no limit, unless they are devices", () => {
  expect(verdictOf(inHouse(["web"]), "rate-limit").chosen).toBe("none");
  const { chosen, options } = verdictOf(inHouse(["device"]), "rate-limit");
  expect(chosen).toBe("token-bucket");
  expect(options["none"]?.ruledOutBy).toEqual(["devices with the same fault ask all at the same time"]);
});

test("a system that nobody asks from outside limits nobody", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "rate-limit")).toThrow("There is no decision rate-limit");
});
