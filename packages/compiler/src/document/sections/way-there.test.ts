import { expect, test } from "vitest";
import { context, role, t } from "@archwright/model/language";
import { modelOf } from "../../lint/testing.ts";
import { subjectOf, toldBy } from "../subject/testing.ts";
import { wayThere } from "./way-there.ts";

/** Notes that are looked up while one waits today, and from a copy of its own in what is proposed. */
function notes(isProposed: boolean) {
  const Identity = context("identity");
  const User = Identity.entity("User", { id: t.id("usr"), email: t.email().unique().pii("contract", "90d") });
  const person = role("person", User, { signUp: true });
  const Notes = context("notes", { owner: "writers" });
  const Note = Notes.entity("Note", { id: t.id("not"), text: t.text().max(500) });
  const NoteWritten = Notes.event("NoteWritten", { note: t.ref(Note), text: t.text().max(500) });
  const write = Notes.command("write", {
    allow: [person],
    input: { text: t.text().max(500) },
    writes: [Note],
    ...(isProposed && { emits: [NoteWritten] }),
    handle: async () => {},
  });
  const find = Notes.query("find", {
    allow: [person],
    input: { words: t.text().max(80) },
    reads: [Note],
    returns: t.page(Note),
    handle: async () => ({}) as never,
  });
  const Search = context("search", { owner: "finders" });
  const Entry = isProposed ? Search.entity("Entry", { id: t.id("ent"), text: t.text().max(500) }) : undefined;
  const look = Search.query("look", {
    ...{
      allow: [person],
      input: { words: t.text().max(80) },
      returns: { texts: t.list({ text: t.text().max(500) }) },
      handle: async () => ({}) as never,
    },
    ...(Entry ? { reads: [Entry], slo: { p99: "300ms" as const } } : { calls: [find], slo: { p99: "3s" as const } }),
  });
  if (Entry) {
    const keep = Search.command("keep", {
      allow: "system",
      input: { text: t.text().max(500) },
      idempotent: "natural",
      reads: [Entry],
      writes: [Entry],
      handle: async () => {},
    });
    Search.on(NoteWritten, keep, ({ text }) => ({ text }));
  }
  const load = [{ on: look, mean: "20/s", peak: "100/s" } as const, { on: write, mean: "1/s", peak: "5/s" } as const];
  return modelOf([Identity, Notes, Search], {
    load,
    team: 9,
    budget: "2000 EUR/month",
    ...(isProposed && { availability: "99.95%" as const, rpo: "1m" as const, rto: "30m" as const }),
  });
}

const proposed = subjectOf(notes(true));
const today = subjectOf(notes(false));
const lines = toldBy(wayThere, { ...proposed, current: today });
const stepOf = (title: RegExp): readonly string[] => {
  const from = lines.findIndex((line) => line.startsWith("### ") && title.test(line));
  const until = lines.findIndex((line, index) => index > from && line.startsWith("### "));
  return from < 0 ? [] : lines.slice(from, until < 0 ? undefined : until);
};

test("without a model of today there is no way", () => {
  expect(wayThere.tell(proposed)).toEqual([]);
});

test("a step of a context says what changes in it, and how to go back", () => {
  const step = stepOf(/Change search/);
  expect(step).toContain("- search: it keeps search.Entry, which is new");
  expect(step).toContain("- search: it hears notes.NoteWritten");
  expect(step).toContain("- search: look no longer waits for notes.find");
  expect(step).toContain("- search: look promises 300 ms for 99 of 100 answers, after 3 seconds today");
  expect(step).toContain("- Send look to the code of today again, which stays until the step is done.");
  expect(step).toContain("- search.Entry may be thrown away and filled anew.");
});

test("a step is done by numbers of the model", () => {
  expect(stepOf(/Change search/)).toContain("- look answers 99 of 100 within 300 ms at 100/s.");
});

test("what a step hears must be told first, and by whom", () => {
  expect(lines.find((line) => /^\d+\. Change search \|/.test(line))).toContain("It hears notes.NoteWritten, which must be told first.");
});

test("every decision that differs is changed in exactly one step", () => {
  const before = new Map(today.design.decisions.map(({ id, chosen }) => [id, chosen]));
  const changed = proposed.design.decisions.filter(({ id, chosen }) => before.has(id) && before.get(id) !== chosen);
  expect(changed.length).toBeGreaterThan(0);
  const plan = lines.slice(lines.indexOf("## The plan"));
  for (const { question } of changed)
    expect(
      plan.filter((line) => line.startsWith(`${question} |`)),
      question,
    ).toHaveLength(1);
});

test("the bill begins at today's and ends at the proposed one", () => {
  const costs = lines.flatMap((line) =>
    line.startsWith("What it costs") ? [...line.matchAll(/([\d.,]+ EUR)/g)].map(([, cost]) => cost) : [],
  );
  const bill = lines.find((line) => line.startsWith("in all |"))?.split(" | ") ?? [];
  expect(costs[0]).toBe(bill[1]);
  expect(costs.at(-1)).toBe(bill[2]);
});
