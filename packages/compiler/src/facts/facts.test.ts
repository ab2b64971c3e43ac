import { context, integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";
import { effectsOutside, isQueued } from "./third-parties.ts";

function shop() {
  const { Orders, Order, User, customer, staff, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms" }, getParcel: { p50: "50ms", p99: "100ms" } },
    webhooks: { delivered: { order: t.ref(Order) } },
    verify: "signature",
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const OrderPacked = Orders.event("OrderPacked", { order: t.ref(Order), text: t.text() });
  const input = { order: t.ref(Order) };
  const readNote = Orders.query("readNote", {
    allow: "system",
    input,
    returns: Order,
    body: ({ input: { order }, get }) => get(Order, order),
  });
  Orders.command("packOrder", {
    allow: [customer],
    input,
    body: ({ input: { order }, atomic, emit }) => {
      const { note } = atomic(readNote, { order });
      emit(OrderPacked, { order, text: note });
    },
  });
  const Shipping = context("shipping");
  const sendOrder = Shipping.command("sendOrder", {
    allow: "system",
    input,
    calls: [Parcels.sendParcel, Parcels.getParcel],
    idempotent: "natural",
    async handle() {},
  });
  Shipping.on(OrderPacked, sendOrder, (event) => ({ order: event.order }));
  return { facts: factsOf(modelOf([...contexts, Shipping])), User, staff };
}

const { facts } = shop();

test("callers and callees are known both ways, with what runs inside the transaction", () => {
  expect(facts.calls.calleesOf("orders.packOrder").map((callee) => [callee.id, callee.kind === "operation" && callee.inside])).toEqual([
    ["orders.readNote", true],
  ]);
  expect(facts.calls.callersOf("parcels.sendParcel").map(({ id }) => id)).toEqual(["shipping.sendOrder"]);
});

test("an event knows who emits it and whom it reaches", () => {
  expect(facts.events.emittersOf("orders.OrderPacked")).toEqual(["orders.packOrder"]);
  expect(facts.events.reactionsTo("orders.OrderPacked").map(({ command }) => command)).toEqual(["shipping.sendOrder"]);
});

test("an entity knows its readers, the answers included", () => {
  expect(facts.useOf("orders.Order")).toMatchObject({ readers: ["orders.readNote"], writers: [], creators: [], opaqueWriters: [] });
});

test("a value is followed from the row of a callee into an event", () => {
  expect(facts.flows.map(({ by, from, to }) => [by, `${from.item}.${from.field.name}`, `${to.item}.${to.field.name}`])).toContainEqual([
    "orders.packOrder",
    "orders.Order.note",
    "orders.OrderPacked.text",
  ]);
});

test("a context leans on another by references and calls, and not by an event", () => {
  expect(facts.dependencies.map(({ from, to, path }) => `${from} → ${to} by ${path}`)).toEqual([
    "orders → identity by orders.Order.buyer",
    "shipping → orders by shipping.sendOrder.input.order",
  ]);
});

test("a call that only asks is no effect", () => {
  expect(effectsOutside(facts.calls, "shipping.sendOrder").map(({ id }) => id)).toEqual(["parcels.sendParcel"]);
});

test("a call that events alone set going waits in a queue of ours, and one that somebody waits for does not", () => {
  const { Orders, customer, contexts } = sample();
  const sending = facts.items.externalCalls.get("parcels.sendParcel");
  expect(sending && isQueued(sending, facts)).toBe(true);
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const OrderSeen = Orders.event("OrderSeen", { at: t.time() });
  const noteRate = Orders.command("noteRate", { allow: "system", input: { at: t.time() }, calls: [Rates.getRate], async handle() {} });
  Orders.on(OrderSeen, noteRate);
  Orders.command("seeOrder", { allow: [customer], calls: [noteRate], async handle() {} });
  const waitedFor = factsOf(modelOf(contexts));
  const asking = waitedFor.items.externalCalls.get("rates.getRate");
  expect(asking && isQueued(asking, waitedFor)).toBe(false);
});
