import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { entityIsReadable } from "./entity-is-readable.ts";

test("an entity that is written and never read is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  const Visit = Orders.entity("Visit", { id: t.id("vis"), order: t.ref(Order) });
  Orders.command("noteVisit", {
    allow: [customer],
    input: { order: t.ref(Order) },
    idempotent: "no",
    body: ({ input, create }) => void create(Visit, { order: input.order }),
  });
  expect(findings(entityIsReadable, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[security/entity-is-readable] at orders.Visit
      Nobody may read orders.Visit: no access rule grants it, and no operation reads it or answers with it.
      why: Data that is kept and never shown costs storage, backups and, after a leak, an apology, and serves nobody.
      fix: Grant a role "read", read it in an operation, or take the entity out."
  `);
});

test("an entity that only an operation answers with is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const Visit = Orders.entity("Visit", { id: t.id("vis"), order: t.ref(Order) });
  Orders.command("noteVisit", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Visit,
    idempotent: "no",
    body: ({ input, create }) => create(Visit, { order: input.order }),
  });
  expect(findings(entityIsReadable, modelOf(contexts))).toBe("");
});
