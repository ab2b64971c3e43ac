import type { Operation } from "@archwright/model";
import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";
import { repetitionOf } from "./repetition.ts";

function withParcel() {
  const { Orders, Order, staff, contexts } = sample();
  const status = t.state({ packed: ["sent"], sent: ["sent", "lost"], lost: [] });
  const fields = { id: t.id("par"), order: t.ref(Order).unique(), weight: t.int(), status };
  const Parcel = Orders.entity("Parcel", fields, { access: [{ role: staff, can: ["read"] }] });
  const input = { parcel: t.ref(Parcel), order: t.ref(Order), weight: t.int() };
  const verdict = () => {
    const { model, items } = factsOf(modelOf(contexts));
    const [operation] = model.operations.filter(({ name }) => name === "act");
    return repetitionOf(operation as Operation, items); // Each test declares it.
  };
  return { Orders, Order, Parcel, staff, input, verdict };
}

test("a body that only sets values is safe", () => {
  const { Orders, Parcel, staff, input, verdict } = withParcel();
  Orders.command("act", {
    allow: [staff],
    input,
    body: ({ input: { parcel, weight }, update }) => void update(Parcel, parcel, { weight }),
  });
  expect(verdict()).toBe("safe");
});

test("a body that reckons from what was there repeats", () => {
  const { Orders, Parcel, staff, input, verdict } = withParcel();
  Orders.command("act", {
    allow: [staff],
    input,
    body: ({ input: { parcel }, get, update }) => void update(Parcel, parcel, { weight: get(Parcel, parcel).weight.plus(1) }),
  });
  expect(verdict()).toBe("repeats");
});

test("a body that creates a row repeats, unless a unique value of the input stands in the way", () => {
  const plain = withParcel();
  plain.Orders.command("act", {
    allow: [plain.staff],
    input: plain.input,
    body: ({ me, create }) => void create(plain.Order, { buyer: me.id, note: "" }),
  });
  expect(plain.verdict()).toBe("repeats");
  const unique = withParcel();
  unique.Orders.command("act", {
    allow: [unique.staff],
    input: unique.input,
    body: ({ input: { order }, create }) => void create(unique.Parcel, { order, weight: 1 }),
  });
  expect(unique.verdict()).toBe("safe");
});

test("a move that cannot be made twice undoes the rest of a second run; one to the same state does not", () => {
  const guarded = withParcel();
  guarded.Orders.command("act", {
    allow: [guarded.staff],
    input: guarded.input,
    body: ({ input: { parcel }, transition, increase }) => {
      transition(guarded.Parcel, parcel, { status: "lost" });
      increase(guarded.Parcel, parcel, { weight: 1 });
    },
  });
  expect(guarded.verdict()).toBe("safe");
  const loop = withParcel();
  loop.Orders.command("act", {
    allow: [loop.staff],
    input: loop.input,
    body: ({ input: { parcel }, transition, increase }) => {
      transition(loop.Parcel, parcel, { status: "sent" });
      increase(loop.Parcel, parcel, { weight: 1 });
    },
  });
  expect(loop.verdict()).toBe("repeats");
});

test("a handler is unknown until its author says", () => {
  const silent = withParcel();
  silent.Orders.command("act", { allow: [silent.staff], async handle() {} });
  expect(silent.verdict()).toBe("unknown");
  const said = withParcel();
  said.Orders.command("act", { allow: [said.staff], idempotent: "natural", async handle() {} });
  expect(said.verdict()).toBe("safe");
});

test("what its author calls not idempotent repeats, whatever the body looks like", () => {
  const { Orders, Parcel, staff, input, verdict } = withParcel();
  const facts = { allow: [staff], input, idempotent: "no" } as const;
  Orders.command("act", { ...facts, body: ({ input: { parcel, weight }, update }) => void update(Parcel, parcel, { weight }) });
  expect(verdict()).toBe("repeats");
});

test("what runs inside the transaction counts as if it stood in the body", () => {
  const { Orders, Order, staff, input, verdict } = withParcel();
  const inner = Orders.command("inner", { allow: [staff], body: ({ me, create }) => void create(Order, { buyer: me.id, note: "" }) });
  Orders.command("act", { allow: [staff], input, body: ({ atomic }) => atomic(inner, {}) });
  expect(verdict()).toBe("repeats");
});
