import { assemble, type Finding, type Model } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import { lint } from "./engine.ts";
import type { Rule } from "./rule.ts";

/**
 * What one rule says of a model, as its author would read it; nothing if it has nothing to say.
 *
 * @throws Error if any other rule speaks: an example shows one mistake and is otherwise clean.
 */
export function findings(rule: Rule, model: Model): string {
  const found = lint(model);
  const others = found.filter(({ code }) => code !== rule.code);
  if (others.length > 0) throw new Error(`The example of ${rule.code} shows more than its own mistake:\n${rendered(others)}`);
  return rendered(found);
}

export function rendered(found: readonly Finding[]): string {
  return found
    .map(({ severity, code, item, message, why, fix }) => `${severity}[${code}] at ${item}\n  ${message}\n  why: ${why}\n  fix: ${fix}`)
    .join("\n");
}

type Facts = Omit<Parameters<typeof system>[1], "contexts">;

/** The model of a system with these contexts. */
export function modelOf(contexts: Parameters<typeof system>[1]["contexts"], facts: Facts = {}): Model {
  return assemble(system("sample", { contexts, ...facts })).model;
}

/** A small clean system to plant one mistake in: people who sign up, and their orders. New at each call, since contexts are filled as they are used. */
export function sample() {
  const Identity = context("identity");
  const User = Identity.entity("User", { id: t.id("usr"), email: t.email().unique().pii("contract", "90d") });
  const customer = role("customer", User, { signUp: true });
  const staff = role("staff", User);
  Identity.access(User, [
    { role: customer, can: ["read"], where: (user, me) => user.id.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ]);
  const Orders = context("orders");
  const Order = Orders.entity(
    "Order",
    { id: t.id("ord"), buyer: t.ref(User), note: t.text().max(200) },
    {
      access: [
        { role: customer, can: ["read", "list", "create", "update"], where: (order, me) => order.buyer.eq(me.id) },
        { role: staff, can: ["read", "list"] },
      ],
    },
  );
  return { Identity, User, customer, staff, Orders, Order, contexts: [Identity, Orders] as const };
}
