import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function keeping(fields: Parameters<ReturnType<typeof context>["entity"]>[1], facts: Parameters<typeof modelOf>[1] = {}) {
  const Clinic = context("clinic");
  Clinic.entity("Visit", { id: t.id("vis"), ...fields });
  return modelOf([...sample().contexts, Clinic], facts);
}

test("addresses are safe on encrypted disks", () => {
  expect(verdictOf(keeping({}), "encryption").chosen).toBe("disk");
});

test("a diagnosis is not readable in the database", () => {
  const { chosen, options } = verdictOf(keeping({ diagnosis: t.text().pii("legal", "3650d") }), "encryption");
  expect(chosen).toBe("column");
  expect(options["disk"]?.ruledOutBy).toEqual(["Visit.diagnosis would lie readable before everybody who may look into the database"]);
});

test("what is kept of somebody's medicines is special by the name of what it is kept in", () => {
  const Cabinet = context("cabinet");
  Cabinet.entity("Medicine", { id: t.id("med"), name: t.text().pii("consent", "30d") });
  expect(verdictOf(modelOf([Cabinet]), "encryption").options["disk"]?.ruledOutBy).toEqual([
    "Medicine.name would lie readable before everybody who may look into the database",
  ]);
});

test("what nobody else may read is encrypted by the people themselves", () => {
  const model = keeping({ diagnosis: t.text().pii("legal", "3650d") });
  expect(verdictOf(model, "encryption", { "operators-may-read": 0 }).chosen).toBe("client-side");
});

test("a key for somebody else is needed by the server itself", () => {
  const { chosen, options } = verdictOf(keeping({ apiKey: t.secret() }), "encryption");
  expect(chosen).toBe("column");
  expect(options["client-side"]?.ruledOutBy).toEqual(["the server itself needs Visit.apiKey"]);
});

test("health law asks for more than disks whatever the fields are called", () => {
  expect(verdictOf(keeping({}, { comply: ["hipaa"] }), "encryption").chosen).toBe("column");
});

test("a model that keeps nothing about people has nothing to encrypt", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().max(10) });
  expect(() => verdictOf(modelOf([Notes]), "encryption")).toThrow("There is no decision encryption");
});
