import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../lint/testing.ts";
import { reckoned } from "./testing.ts";

type Expectation = { rows: number; growth?: "2/s"; most?: number };
const secondsOfYear = 365.25 * 86_400;

/** Notes that people write, with lines; a job may remove the old ones. */
function notebook({ expect: expected, clear }: { expect?: Expectation; clear?: "by age" | "drafts by age" } = {}) {
  const Notes = context("notes");
  const Person = Notes.entity("Person", { id: t.id("per"), name: t.text().max(300) });
  const author = role("author", Person);
  const Note = Notes.entity(
    "Note",
    {
      id: t.id("not"),
      author: t.ref(Person),
      at: t.time().now(),
      stars: t.int(),
      draft: t.bool(),
      lines: t.list({ words: t.text().max(30) }).max(9),
    },
    { ...(expected && { expect: expected }) },
  );
  const Tag = Notes.entity("Tag", { id: t.id("tag"), word: t.text().unique() });
  const write = Notes.command("write", {
    allow: [author],
    input: { words: t.list({ word: t.text() }).max(20) },
    body: ({ input, me, each, create }) => {
      create(Note, { author: me.id, stars: 0, draft: true, lines: [] });
      each(input.words, ({ word }) => create(Tag, { word }));
    },
  });
  if (clear === "by age") Notes.job("clear", { every: "1d", body: ({ remove }) => remove(Note, (row) => row.at.olderThan("10d")) });
  if (clear === "drafts by age")
    Notes.job("clear", { every: "1d", body: ({ remove }) => remove(Note, (row) => row.draft.and(row.at.olderThan("10d"))) });
  return reckoned(modelOf([Notes], { load: [{ on: write, mean: "5/s" }] }));
}

test("rows grow by what creates them, for two years", () => {
  const { value } = notebook();
  expect(value(({ volume }) => volume.rowsOf("notes.Note"))).toBe(0);
  expect(value(({ volume }) => volume.growthOf("notes.Note"))).toBe(5);
  expect(value(({ volume }) => volume.rowsAtHorizonOf("notes.Note"))).toBeCloseTo(5 * 2 * secondsOfYear, 3);
});

test("rows that are created for each item of a list grow by three for a request", () => {
  expect(notebook().value(({ volume }) => volume.growthOf("notes.Tag"))).toBe(15);
});

test("what the model expects counts more than what can be reckoned", () => {
  const { value } = notebook({ expect: { rows: 1_000, growth: "2/s", most: 70 } });
  expect(value(({ volume }) => volume.rowsOf("notes.Note"))).toBe(1_000);
  expect(value(({ volume }) => volume.growthOf("notes.Note"))).toBe(2);
  expect(value(({ volume }) => volume.rowsAtHorizonOf("notes.Note"))).toBeCloseTo(1_000 + 2 * 2 * secondsOfYear, 3);
});

test("rows that nobody creates are taken to be ten thousand, in a wide range", () => {
  const { value, range } = notebook();
  expect(value(({ volume }) => volume.rowsAtHorizonOf("notes.Person"))).toBe(10_000);
  expect(range(({ volume }) => volume.rowsAtHorizonOf("notes.Person"), "notes.Person.rows")).toEqual([100, 10_000_000]);
});

test("rows that a job removes by their age are as many as that age brings", () => {
  expect(notebook({ clear: "by age" }).value(({ volume }) => volume.rowsAtHorizonOf("notes.Note"))).toBeCloseTo(5 * 10 * 86_400, 3);
});

test("rows that were there before a job removes old ones do not vanish from the reckoning", () => {
  const { value } = notebook({ clear: "by age", expect: { rows: 90_000_000, growth: "2/s" } });
  expect(value(({ volume }) => volume.rowsAtHorizonOf("notes.Note"))).toBe(90_000_000);
});

test("a job that removes only some of the old rows does not hold their number", () => {
  const { value } = notebook({ clear: "drafts by age" });
  expect(value(({ volume }) => volume.rowsAtHorizonOf("notes.Note"))).toBeCloseTo(5 * 2 * secondsOfYear, 3);
});

test("a row is its fields as PostgreSQL keeps them, its header, and three rows of each list", () => {
  const { value } = notebook();
  const own = 32 + 32 + 8 + 8 + 1;
  const line = 28 + 40 + 40;
  expect(value(({ volume }) => volume.rowBytesOf("notes.Note"))).toBe(28 + own + 3 * line);
});

test("a text is taken to be a third of its limit, and forty bytes at least", () => {
  expect(notebook().value(({ volume }) => volume.rowBytesOf("notes.Person"))).toBe(28 + 32 + 100);
});

test("a context is the rows of its entities with their indexes", () => {
  const { value } = notebook();
  const bytesOf = (id: string): number => value(({ volume }) => volume.bytesOf(id));
  const indexes = value(({ volume }) => volume.indexesOf("notes.Tag"));
  expect(indexes).toBe(2);
  expect(bytesOf("notes.Tag")).toBeCloseTo(15 * 2 * secondsOfYear * (28 + 32 + 120 + indexes * 40), -2);
  const all = bytesOf("notes.Tag") + bytesOf("notes.Note") + bytesOf("notes.Person");
  expect(value(({ volume }) => volume.contextBytesOf("notes"))).toBeCloseTo(all, -2);
  expect(value(({ volume }) => volume.bytes)).toBeCloseTo(all, -2);
});

test("a fifth of the data is read again and again, and all of it comes back at 100 MB a second", () => {
  const { value } = notebook();
  const bytes = value(({ volume }) => volume.bytes);
  expect(value(({ volume }) => volume.workingSet) / bytes).toBeCloseTo(0.2, 9);
  expect(value(({ volume }) => volume.restoreMs)).toBeCloseTo(bytes / 100_000, -1);
});
