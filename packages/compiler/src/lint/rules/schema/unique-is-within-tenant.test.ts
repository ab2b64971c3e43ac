import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { uniqueIsWithinTenant } from "./unique-is-within-tenant.ts";

function withInvoice(number: "unique" | "indexed") {
  const Ledger = context("ledger");
  const Company = Ledger.entity("Company", { id: t.id("com"), title: t.text().max(80) });
  const company = role("company", Company, { signUp: true });
  const text = t.text().max(20);
  Ledger.entity(
    "Invoice",
    { id: t.id("inv"), company: t.ref(Company), number: number === "unique" ? text.unique() : text.index() },
    { tenant: "company", access: [{ role: company, can: ["read", "list", "create"], where: (invoice, me) => invoice.company.eq(me.id) }] },
  );
  return modelOf([Ledger]);
}

test("a value that is unique across tenants is reported", () => {
  expect(findings(uniqueIsWithinTenant, withInvoice("unique"))).toMatchInlineSnapshot(`
    "warning[schema/unique-is-within-tenant] at ledger.Invoice.number
      ledger.Invoice.number is unique across all tenants of ledger.Invoice.
      why: The second company that wants the same value is refused, and learns from the refusal that another one has it.
      fix: Drop .unique() and check it within company, or make the value one that cannot meet another's (a domain, a tax number) and accept this check."
  `);
});

test("a value that two tenants may both have is accepted", () => {
  expect(findings(uniqueIsWithinTenant, withInvoice("indexed"))).toBe("");
});
