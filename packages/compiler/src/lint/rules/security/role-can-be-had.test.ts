import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { roleCanBeHad } from "./role-can-be-had.ts";

function withClerk(facts?: { signUp: true }) {
  const Desk = context("desk");
  const Clerk = Desk.entity("Clerk", { id: t.id("clk"), email: t.email().unique().pii("contract", "90d") });
  const clerk = role("clerk", Clerk, facts);
  Desk.access(Clerk, [{ role: clerk, can: ["read", "create"] }]);
  return modelOf([Desk]);
}

test("roles that nobody can sign up for are reported once", () => {
  expect(findings(roleCanBeHad, withClerk())).toMatchInlineSnapshot(`
    "info[security/role-can-be-had] at sample
      Nobody can sign up to sample: none of its roles (clerk) may be had that way.
      why: The first account of each role has to be granted by hand before anything can be called.
      fix: Say \`signUp: true\` at the role that the public takes; or accept this check if accounts are only ever granted."
  `);
});

test("a role that may be had by sign-up is accepted", () => {
  expect(findings(roleCanBeHad, withClerk({ signUp: true }))).toBe("");
});
