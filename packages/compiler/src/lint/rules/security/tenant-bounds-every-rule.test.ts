import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { tenantBoundsEveryRule } from "./tenant-bounds-every-rule.ts";

function withInvoice() {
  const Ledger = context("ledger");
  const Company = Ledger.entity("Company", { id: t.id("com"), title: t.text().max(80) });
  const company = role("company", Company, { signUp: true });
  const Invoice = Ledger.entity(
    "Invoice",
    { id: t.id("inv"), company: t.ref(Company), note: t.text().max(80).optional() },
    { tenant: "company" },
  );
  return { Ledger, company, Invoice };
}

test("a rule that does not name the tenant is reported", () => {
  const { Ledger, company, Invoice } = withInvoice();
  Ledger.access(Invoice, [{ role: company, can: ["read", "list", "create"] }]);
  expect(findings(tenantBoundsEveryRule, modelOf([Ledger]))).toMatchInlineSnapshot(`
    "error[security/tenant-bounds-every-rule] at ledger.Invoice.access.0
      company may read, list and create ledger.Invoice of every company.
      why: The rows of one tenant are shown to, or changed by, another: the mistake that customers of shared systems do not forgive.
      fix: Add a \`where\` that names company; or accept this check if company works for all tenants."
  `);
});

test("a rule within the tenant is accepted", () => {
  const { Ledger, company, Invoice } = withInvoice();
  Ledger.access(Invoice, [{ role: company, can: ["read", "list", "create"], where: (invoice, me) => invoice.company.eq(me.id) }]);
  expect(findings(tenantBoundsEveryRule, modelOf([Ledger]))).toBe("");
});
