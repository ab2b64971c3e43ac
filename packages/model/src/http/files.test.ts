import { expect, test } from "vitest";
import { context, role, system, t } from "../language.ts";
import type { Model } from "../model/model.ts";
import { assemble } from "../recording/assemble.ts";
import { fileLimitsInWords, fileLimitsOf, fileRoutesOf, isOfTypes, sizeInWords } from "./files.ts";

const photo = () => t.file({ max: "2MB", types: ["image/*"] });

function modelWith(roles: "a role" | "no roles"): Model {
  const Shop = context("shop");
  const User = Shop.entity("User", { id: t.id("usr"), name: t.text() });
  const buyer = role("buyer", User);
  const access = roles === "a role" ? [{ role: buyer, can: ["read" as const] }] : [];
  Shop.entity("Product", { id: t.id("pro"), place: t.json({ photo: photo() }) }, { access });
  Shop.command("send", { input: { scans: t.list({ scan: t.file({ max: "5MB", types: ["application/pdf"] }) }) }, async handle() {} });
  return assemble(system("s", { contexts: [Shop] })).model;
}

test("a model without files has no routes for them", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("not"), text: t.text() });
  expect(fileRoutesOf(assemble(system("s", { contexts: [Notes] })).model)).toEqual([]);
});

test("an upload may be what any field takes, in a row or in an input, however deep", () => {
  expect(fileLimitsOf(modelWith("no roles"))).toEqual({ maxBytes: 5_000_000, types: ["application/pdf", "image/*"] });
});

test("files are for every role, and for anyone where there is none", () => {
  const callers = (model: Model) => fileRoutesOf(model).map(({ roles }) => roles);
  const buyers = { kind: "roles", roles: ["buyer"] };
  expect([callers(modelWith("a role")), callers(modelWith("no roles"))]).toEqual([
    [buyers, buyers],
    [{ kind: "anyone" }, { kind: "anyone" }],
  ]);
});

test("a type with a star takes its whole kind, and nothing that only begins alike", () => {
  const taken = ["image/png", "IMAGE/PNG", "image/svg+xml", "imagex/png", "application/pdf", "text/html"];
  expect(taken.filter((type) => isOfTypes(type, ["image/*", "Application/PDF"]))).toEqual([
    "image/png",
    "IMAGE/PNG",
    "image/svg+xml",
    "application/pdf",
  ]);
});

test("limits are said in the unit that they are of", () => {
  expect([1, 999, 1_500, 5_000_000, 1_500_000].map(sizeInWords)).toEqual(["1 byte", "999 bytes", "1.5 kB", "5 MB", "1.5 MB"]);
  expect(fileLimitsInWords({ maxBytes: 2_000_000, types: ["image/*", "text/csv"] })).toBe("image/* or text/csv, of at most 2 MB");
});
