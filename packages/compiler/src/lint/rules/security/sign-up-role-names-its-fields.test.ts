import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { signUpRoleNamesItsFields } from "./sign-up-role-names-its-fields.ts";

function withProfile(grant: { only?: readonly "motto"[] }) {
  const { Identity, User, customer, contexts } = sample();
  Identity.entity(
    "Profile",
    { id: t.id("prf"), user: t.ref(User), motto: t.text().max(80), premium: t.bool().default(false) },
    { access: [{ role: customer, can: ["read", "create"], where: (profile, me) => profile.user.eq(me.id), ...grant }] },
  );
  return modelOf(contexts);
}

test("a sign-up role that may set what it should be granted is reported", () => {
  expect(findings(signUpRoleNamesItsFields, withProfile({}))).toMatchInlineSnapshot(`
    "warning[security/sign-up-role-names-its-fields] at identity.Profile.access.0
      customer, which anybody can take, may create identity.Profile with every field, premium among them.
      why: Whoever signs up sets them as he likes: it only takes one more line in the request.
      fix: Add \`only\` to the rule, with the fields that customer is meant to write."
  `);
});

test("a rule that names the fields is accepted", () => {
  expect(findings(signUpRoleNamesItsFields, withProfile({ only: ["motto"] }))).toBe("");
});
