import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { credentialIsSecret } from "./credential-is-secret.ts";

test("an access key as a text is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Partner", { id: t.id("prt"), apiKey: t.text().max(80) }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(credentialIsSecret, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[security/credential-is-secret] at orders.Partner.apiKey
      orders.Partner.apiKey is stored as plain text and is called apiKey, as if it opened something.
      why: Every backup, log of a statement and role that may read orders.Partner holds the key.
      fix: Write t.secret(), which is encrypted and never read back. Passwords of accounts are kept by the sign-in itself: take those out."
  `);
});

test("an access key as a secret is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity(
    "Partner",
    { id: t.id("prt"), apiKey: t.secret(), sortKey: t.text().max(80) },
    { access: [{ role: customer, can: ["read", "create"] }] },
  );
  expect(findings(credentialIsSecret, modelOf(contexts))).toBe("");
});
