import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function notes(facts: Parameters<typeof modelOf>[1] = {}) {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
  const keep = Notes.command("keep", { async handle() {}, slo: { p99: "400ms" } });
  return modelOf([Notes], { team: 3, load: [{ on: keep, mean: "1/s", peak: "2/s" }], ...facts });
}

test("a team that knows TypeScript runs the model", () => {
  const { chosen, options } = verdictOf(notes({ skills: ["typescript"] }), "framework");
  expect(chosen).toBe("archwright");
  // Six routes are open in a model without roles.
  expect(options["archwright"]).toMatchObject({ hours: 4, learning: 0, latency: 0.45 });
  expect(options["fastify"]).toMatchObject({ hours: 5 + 6 * 0.25, latency: 0.9 });
});

test("a team that knows Python alone would pay for another language", () => {
  const { chosen, options } = verdictOf(notes({ skills: ["python"] }), "framework");
  expect(chosen).toBe("django");
  expect(options["archwright"]).toMatchObject({ learning: 36, hours: 40 });
  expect(options["django"]?.["hours"]).toBeCloseTo(3.5 + 6 * 0.15 + 4 / 12, 12);
});

test("enough parts are worth a new language", () => {
  const model = notes({ skills: ["python"] });
  // 0.15 n + 3.5 + 0.33 hours against 40.
  expect(verdictOf(model, "framework", { "model.parts": 240 }).chosen).toBe("django");
  expect(verdictOf(model, "framework", { "model.parts": 243 }).chosen).toBe("archwright");
});

test("a pinned graph of queries rules our own runtime out", () => {
  const pin = { apiStyle: { choose: "graphql", because: "partners ask for it" } } as const;
  const { chosen, options } = verdictOf(notes({ skills: ["typescript"], pin }), "framework");
  expect(chosen).toBe("fastify");
  expect(options["archwright"]?.ruledOutBy).toEqual(["it speaks REST only"]);
});

test("more load than hours pays for a language that needs less of the processors", () => {
  const model = notes({ skills: ["python"] });
  expect(verdictOf(model, "framework", { "application.cores": 1 }).chosen).toBe("django");
  expect(verdictOf(model, "framework", { "application.cores": 20 }).chosen).toBe("archwright");
});

test("a promise of 30 ms leaves no room for a slow framework", () => {
  const ruledOut = (ms: number) => verdictOf(notes(), "framework", { "notes.keep.slo.p99": ms }).options["django"]?.ruledOutBy;
  expect(ruledOut(37)).toEqual([]);
  expect(ruledOut(35)).toEqual(["it takes too much of the tightest promise before anything is done"]);
});

test("one person has no time for the plumbing of 200 parts by hand", () => {
  const { options } = verdictOf(notes({ team: 1 }), "framework", { "model.parts": 200 });
  expect(options["fastify"]?.ruledOutBy).toEqual(["the team would have no time left for what the system is for"]);
  expect(options["archwright"]?.ruledOutBy).toEqual([]);
});
