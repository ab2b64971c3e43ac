import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { uniqueIsWithinTenant } from "./unique-is-within-tenant.ts";

function withTenant() {
  const Ledger = context("ledger");
  const Company = Ledger.entity("Company", { id: t.id("com"), title: t.text().max(80) });
  const company = role("company", Company, { signUp: true });
  const Invoice = Ledger.entity(
    "Invoice",
    { id: t.id("inv"), company: t.ref(Company), number: t.text().max(20).unique() },
    {
      tenant: "company",
      access: [{ role: company, can: ["read", "list", "create"], where: (invoice, me) => invoice.company.eq(me.id) }],
    },
  );
  return { Ledger, Company, Invoice, company };
}

test("a unique value of rows that name a tenant and do not belong to it is reported", () => {
  const { Ledger, Company, company } = withTenant();
  const fields = { id: t.id("prj"), company: t.ref(Company), code: t.text().max(20).unique() };
  Ledger.entity("Project", fields, {
    access: [{ role: company, can: ["read", "create"], where: (project, me) => project.company.eq(me.id) }],
  });
  expect(findings(uniqueIsWithinTenant, modelOf([Ledger]))).toMatchInlineSnapshot(`
    "warning[schema/unique-is-within-tenant] at ledger.Project.code
      ledger.Project.code is unique across every Company: ledger.Project names its Company, and does not say that this is its tenant.
      why: The second Company that wants the same value is refused, and learns from the refusal that another one has it.
      fix: Say tenant: "company" at ledger.Project, which makes its values unique within the tenant; or accept this check for values that are alone everywhere (a domain, a tax number)."
  `);
});

test("a unique value within a declared tenant is accepted", () => {
  expect(findings(uniqueIsWithinTenant, modelOf([withTenant().Ledger]))).toBe("");
});

test("an e-mail address, the tenant itself and a reference within the tenant are accepted", () => {
  const { Ledger, Company, Invoice, company } = withTenant();
  const fields = {
    id: t.id("acc"),
    company: t.ref(Company).unique(),
    email: t.email().unique().pii("contract", "90d"),
    last: t.ref(Invoice).unique(),
  };
  Ledger.entity("Account", fields, {
    access: [{ role: company, can: ["read", "create"], where: (account, me) => account.company.eq(me.id) }],
  });
  expect(findings(uniqueIsWithinTenant, modelOf([Ledger]))).toBe("");
});
