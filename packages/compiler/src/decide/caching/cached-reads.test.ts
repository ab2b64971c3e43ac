import type { Model } from "@archwright/model";
import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { evaluate } from "../../formulas/evaluate.ts";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { cache } from "./cache.ts";

function valueOf(model: Model, id: string): number {
  const { sheet } = undecided(model, [cache]);
  const place = sheet.formulas.findIndex((formula) => "id" in formula && formula.id === id);
  return evaluate(sheet)[place] ?? Number.NaN;
}

/** 500 people have 10,000 orders, which are asked for in several ways. */
function asked() {
  const { Identity, customer, contexts } = sample();
  const Person = Identity.entity("Person", { id: t.id("per"), name: t.text().max(50) }, { expect: { rows: 500 } });
  const Sheet = Identity.entity("Sheet", { id: t.id("sht"), person: t.ref(Person), note: t.text().max(50) }, { expect: { rows: 10_000 } });
  const words = { words: t.text().max(20) };
  const facts = { returns: t.page(Sheet), stale: "1m" } as const;
  Identity.query("findByWords", { ...facts, input: words, body: ({ page }) => page(Sheet) });
  Identity.query("listOfPerson", { ...facts, input: { person: t.ref(Person) }, body: ({ page }) => page(Sheet) });
  Identity.query("listLatest", { ...facts, input: { before: t.time().optional() }, body: ({ page }) => page(Sheet) });
  Identity.query("listMine", { ...facts, allow: [customer], body: ({ page }) => page(Sheet) });
  return modelOf(contexts);
}

test("words can find as many answers as there are rows", () => {
  expect(valueOf(asked(), "identity.findByWords.answers")).toBe(10_000);
});

test("an answer about a row comes as often as there are such rows", () => {
  expect(valueOf(asked(), "identity.listOfPerson.answers")).toBe(500);
});

test("where nothing need be said all have the same answer, or each who is known his own", () => {
  expect(valueOf(asked(), "identity.listLatest.answers")).toBe(1);
  expect(valueOf(asked(), "identity.listMine.answers")).toBe(valueOf(asked(), "identity.User.rows"));
});

test("an answer with a list is read like a page", () => {
  const { Orders, Order, contexts } = sample();
  const input = { words: t.text().max(20) };
  const facts = { input, reads: [Order], stale: "1m" } as const;
  Orders.query("listNotes", {
    ...facts,
    returns: { notes: t.list({ note: t.text().max(10) }) },
    async handle() {
      return { notes: [] };
    },
  });
  Orders.query("readNote", {
    ...facts,
    returns: { note: t.text().max(10) },
    async handle() {
      return { note: "" };
    },
  });
  const model = modelOf(contexts);
  expect(valueOf(model, "orders.listNotes.database")).toBe(0.3);
  expect(valueOf(model, "orders.readNote.database")).toBe(0.034);
  expect(valueOf(model, "orders.listNotes.response")).toBe(60 + 20 * 60);
});
