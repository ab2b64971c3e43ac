import { expect, test } from "vitest";
import type { Expression } from "../expressions/expression.ts";
import type { AccessRule, Entity } from "../model/model.ts";
import { accessRule, onlyFields, readRule, rolesNamed, rolesThatMay } from "./access.ts";

const own: Expression = { kind: "hasRole", role: "own" };
const open: Expression = { kind: "hasRole", role: "open" };
const entity = (access: readonly AccessRule[]): Entity => ({
  id: "a.B",
  context: "a",
  name: "B",
  fields: [],
  access,
  invariants: [],
  indexes: [],
  accept: {},
});

test("a rule without a condition is for all rows", () => {
  expect(accessRule(entity([{ role: "staff", can: ["read"] }]), "staff", "read")).toBe("all");
});

test("a rule with a condition is for the rows of the condition", () => {
  expect(accessRule(entity([{ role: "staff", can: ["read"], where: own }]), "staff", "read")).toBe(own);
});

test("several conditions of one role are alternatives", () => {
  const rules = entity([
    { role: "staff", can: ["read"], where: own },
    { role: "staff", can: ["read", "list"], where: open },
  ]);
  expect(accessRule(rules, "staff", "read")).toEqual({ kind: "or", any: [own, open] });
  expect(accessRule(rules, "staff", "list")).toBe(open);
});

test("one rule without a condition makes the others needless", () => {
  expect(
    accessRule(
      entity([
        { role: "staff", can: ["read"], where: own },
        { role: "staff", can: ["read"] },
      ]),
      "staff",
      "read",
    ),
  ).toBe("all");
});

test("rules that name a role and do not grant the action give it nothing", () => {
  expect(accessRule(entity([{ role: "staff", can: ["read"] }]), "staff", "delete")).toBe("none");
});

test("rules that do not name a role are silent about it", () => {
  expect(accessRule(entity([{ role: "staff", can: ["read"] }]), "customer", "read")).toBe("silent");
});

test("a role sees what it may read or list", () => {
  const rules = entity([
    { role: "staff", can: ["read"], where: own },
    { role: "staff", can: ["list"], where: open },
    { role: "guest", can: ["create"] },
  ]);
  expect(readRule(rules, "staff")).toEqual({ kind: "or", any: [own, open] });
  expect(readRule(rules, "guest")).toBe("none");
});

test("a change is granted by the rules that let the role write each of its fields", () => {
  const rules = entity([
    { role: "staff", can: ["update"], only: ["name"], where: own },
    { role: "staff", can: ["update"], only: ["name", "price"], where: open },
  ]);
  expect(accessRule(rules, "staff", "update", ["name"])).toEqual({ kind: "or", any: [own, open] });
  expect(accessRule(rules, "staff", "update", ["price"])).toBe(open);
  expect(accessRule(rules, "staff", "update", ["stock"])).toBe("none");
});

test("the fields of all rules together may be written by somebody, unless one rule sets no bounds", () => {
  const bounded: AccessRule = { role: "staff", can: ["update"], only: ["price", "name"] };
  expect(onlyFields(entity([bounded, { role: "guest", can: ["update"], only: ["name", "text"] }]), "update")).toEqual([
    "name",
    "price",
    "text",
  ]);
  expect(onlyFields(entity([bounded, { role: "guest", can: ["update"] }]), "update")).toBeUndefined();
});

test("roles are told by what they may do, each once", () => {
  const rules = entity([
    { role: "staff", can: ["read"] },
    { role: "staff", can: ["list"] },
    { role: "guest", can: ["create"] },
  ]);
  expect(rolesNamed(rules)).toEqual(["guest", "staff"]);
  expect(rolesThatMay(rules, "list")).toEqual(["staff"]);
});
