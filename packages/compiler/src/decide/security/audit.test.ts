import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function placing(facts: Parameters<typeof modelOf>[1] = {}) {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("place", { allow: [customer], writes: [Order], async handle() {} });
  return modelOf(contexts, facts);
}

test("staff who see everybody leave a trace", () => {
  const { chosen, options } = verdictOf(placing(), "audit");
  expect(chosen).toBe("table");
  expect(options["none"]?.ruledOutBy).toEqual(["some may look at every User, and nobody could tell who did"]);
});

test("where everybody sees his own there is none", () => {
  const Notes = context("notes");
  const User = Notes.entity("User", { id: t.id("usr"), email: t.email().pii("contract", "90d") });
  const writer = role("writer", User, { signUp: true });
  Notes.access(User, [{ role: writer, can: ["read"], where: (user, me) => user.id.eq(me.id) }]);
  Notes.command("note", { allow: [writer], async handle() {} });
  expect(verdictOf(modelOf([Notes]), "audit").chosen).toBe("none");
});

test("so many entries that the database gets dear lie in a log", () => {
  // 300 bytes a change for a year: 9.47 GB for each a second. 0.7 h more are worth (0.115 − 0.023) × 9.47 × 48.2/s.
  const model = placing();
  expect(verdictOf(model, "audit", { "orders.place.mean": 48 }).chosen).toBe("table");
  expect(verdictOf(model, "audit", { "orders.place.mean": 48.5 }).chosen).toBe("append-only-log");
});

test("health law wants a log that nobody can change", () => {
  const { chosen, options } = verdictOf(placing({ comply: ["hipaa"] }), "audit");
  expect(chosen).toBe("append-only-log");
  expect(options["table"]?.ruledOutBy).toEqual(["whoever runs the database could change it afterwards, and with it the proof"]);
});

test("a system that nobody asks from outside needs no trace", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "audit")).toThrow("There is no decision audit");
});
