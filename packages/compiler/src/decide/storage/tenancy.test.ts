import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Facts = NonNullable<Parameters<typeof modelOf>[1]>;

/** Notes of agencies that must not see each other. */
function agencies(facts: Facts = {}) {
  const Accounts = context("accounts");
  const Agency = Accounts.entity("Agency", { id: t.id("agc"), name: t.text() });
  const agency = role("agency", Agency, { signUp: true });
  Accounts.access(Agency, [{ role: agency, can: ["read"], where: (row, me) => row.id.eq(me.id) }]);
  Accounts.entity(
    "Note",
    { id: t.id("not"), agency: t.ref(Agency), words: t.text() },
    { tenant: "agency", access: [{ role: agency, can: ["read", "list"], where: (row, me) => row.agency.eq(me.id) }] },
  );
  return modelOf([Accounts], facts);
}

test("tenants share their tables while none of them outweighs the others", () => {
  expect(verdictOf(agencies(), "tenancy").chosen).toBe("shared");
  expect(verdictOf(agencies({ tenants: { count: 40, largest: "20%" } }), "tenancy").chosen).toBe("shared");
});

test("a tenant that makes more than a fifth of the load gets a database of its own, and pays for it", () => {
  const { chosen, options } = verdictOf(agencies({ tenants: { count: 2_000, largest: "21%" } }), "tenancy");
  expect(chosen).toBe("largest-apart");
  expect(options["shared"]?.ruledOutBy).toEqual(["a tenant of that size slows down all who share a database with it"]);
  expect(options["largest-apart"]?.["cost"]).toBeGreaterThan(0);
  expect(verdictOf(agencies({ tenants: { count: 40, largest: "20%" } }), "tenancy").options["largest-apart"]?.ruledOutBy).toEqual([
    "no tenant is so large that the others would feel it",
  ]);
});

test("where the next largest is as heavy, each of a few gets a database of its own", () => {
  const next = { "constant.tenancy-second": 0.4 };
  expect(verdictOf(agencies({ tenants: { count: 40, largest: "40%" } }), "tenancy").chosen).toBe("largest-apart");
  const { chosen, options } = verdictOf(agencies({ tenants: { count: 40, largest: "40%" } }), "tenancy", next);
  expect(chosen).toBe("database-per-tenant");
  expect(options["largest-apart"]?.ruledOutBy).toEqual(["the next largest would slow down the others all the same"]);
});

test("a model that keeps nothing has no instance to give to anybody", () => {
  expect(() => verdictOf(modelOf([context("empty")], { tenants: { count: 3, largest: "50%" } }), "tenancy")).toThrow(
    "There is no decision tenancy",
  );
});

test("what is regulated lies in databases of their own", () => {
  const { chosen, options } = verdictOf(agencies({ tenants: { count: 12 }, comply: ["hipaa"] }), "tenancy");
  expect(chosen).toBe("database-per-tenant");
  expect(options["schema-per-tenant"]?.ruledOutBy).toEqual(["what is regulated must not lie in one database with what is another's"]);
});

test("tenants that want columns of their own have schemas, up to two hundred", () => {
  const answers = { "tenants.own-tables": 1 };
  expect(verdictOf(agencies({ tenants: { count: 120 } }), "tenancy", answers).chosen).toBe("schema-per-tenant");
  const { options } = verdictOf(agencies({ tenants: { count: 201 } }), "tenancy", answers);
  expect(options["schema-per-tenant"]?.ruledOutBy).toEqual([
    "a migration that runs once for each tenant takes a night, and fails for some",
  ]);
});

test("a model without tenants has nobody to keep apart", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "tenancy")).toThrow("There is no decision tenancy");
});
