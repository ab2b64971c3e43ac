import { expect, test } from "vitest";
import { context, integration, role, system, t, unknown } from "../language.ts";
import { canonicalJson } from "../model/canonical.ts";
import { assemble } from "./assemble.ts";
import { ModelError } from "./model-error.ts";

function notes(): { model: ReturnType<typeof assemble>["model"]; line: number } {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500), pinned: t.bool().default(false) });
  Notes.command("pin", {
    input: { note: t.ref(Note) },
    returns: Note,
    body: ({ input, update }) => update(Note, input.note, { pinned: true }),
  });
  const { model } = assemble(system("hello", { contexts: [Notes] }));
  return { model, line: model.origins["notes.Note"]?.line ?? 0 };
}

function refusal(run: () => unknown): ModelError {
  try {
    run();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

test("a body becomes steps, and what it touches is read off them", () => {
  const [pin] = notes().model.operations;
  expect(pin?.writes).toEqual(["notes.Note"]);
  expect(pin?.implementation).toMatchObject({
    kind: "body",
    body: {
      steps: [{ kind: "update", as: "note1", entity: "notes.Note", values: { pinned: { kind: "literal", value: true } } }],
      result: { kind: "variable", name: "note1" },
    },
  });
});

test("two loads give equal bytes", () => {
  const bytes = (): string => canonicalJson({ ...notes().model, origins: {} });
  expect(bytes()).toBe(bytes());
});

test("an item knows the line that it was written at", () => {
  const { model, line } = notes();
  expect(model.origins["notes.Note"]?.file).toMatch(/assemble\.test\.ts$/);
  expect(model.origins["notes.pin"]?.line).toBe(line + 1);
  expect(model.origins["notes.Note.text"]).toMatchObject({ line });
});

test("a model cannot be changed", () => {
  const { model } = notes();
  expect(() => Object.assign(model.entities[0] ?? {}, { name: "Other" })).toThrow(TypeError);
});

test("an unknown keeps its question and its range, in the unit of its property", () => {
  const Notes = context("notes");
  const read = Notes.query("read", { body: () => {} });
  const { model } = assemble(
    system("x", { contexts: [Notes], load: [{ on: read, mean: unknown("How often?", "120/min", ["60/min", "10/s"]) }] }),
  );
  expect(model.requirements.load[0]?.meanPerSecond).toEqual({ kind: "unknown", ask: "How often?", assumed: 2, range: [1, 10] });
});

test("a condition behind `if` is refused at its line, because it would always be true", () => {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), pinned: t.bool() });
  Notes.command("unpin", {
    input: { note: t.ref(Note) },
    body: ({ input, get, update }) => {
      const note = get(Note, input.note);
      if (note.pinned.eq(true)) update(Note, input.note, { pinned: false });
    },
  });
  const error = refusal(() => assemble(system("x", { contexts: [Notes] })));
  expect(error.code).toBe("model/condition-unused");
  expect(error.at[0]?.file).toMatch(/assemble\.test\.ts$/);
});

test("conditions joined by && are refused, because the first would be lost", () => {
  const Notes = context("notes");
  const owner = role("owner");
  Notes.entity(
    "Note",
    { id: t.id("note"), pinned: t.bool(), text: t.text() },
    { access: [{ role: owner, can: ["read"], where: (note) => note.pinned.eq(true) && note.text.eq("a") }] },
  );
  expect(refusal(() => assemble(system("x", { contexts: [Notes] }))).code).toBe("model/condition-unused");
});

test("an expression used as a plain value is refused", () => {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), text: t.text() });
  Notes.command("shout", {
    input: { note: t.ref(Note) },
    body: ({ input, update }) => void update(Note, input.note, { text: `${String(input.note)}!` }),
  });
  expect(refusal(() => assemble(system("x", { contexts: [Notes] }))).code).toBe("model/expression-as-value");
});

test("two items of one name are refused at both lines", () => {
  const [A, B] = [context("a"), context("b")];
  A.entity("Note", { id: t.id("note") });
  B.entity("Note", { id: t.id("nte") });
  const error = refusal(() => assemble(system("x", { contexts: [A, B] })));
  expect(error.message).toBe("Entity Note is declared twice.");
  expect(error.at).toHaveLength(2);
});

test("an integration is part of the model when something calls it or hears it", () => {
  const Post = integration("post", {
    calls: { send: { p50: "10ms", p99: "50ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const Notes = context("notes");
  Notes.command("send", { calls: [Post.send], handle: async ({ calls }) => calls.send({}) });
  const { model, handlers } = assemble(system("x", { contexts: [Notes] }));
  expect(model.operations[0]?.calls).toEqual(["post.send"]);
  expect(model.integrations[0]?.onFailure).toEqual({ timeoutMs: 1000, retries: 0, then: "fail" });
  expect([...handlers.keys()]).toEqual(["notes.send"]);
});

test("a default export that is no system is refused with the line to write", () => {
  expect(refusal(() => assemble({})).fix).toContain("export default system");
});

test("a load without its unit is refused where the types are forced", () => {
  const Notes = context("notes");
  const read = Notes.query("read", { body: () => {} });
  const load = [{ on: read, mean: "8" as `${number}/s` }];
  expect(refusal(() => assemble(system("x", { contexts: [Notes], load }))).message).toContain('"8" is not a rate');
});

test("without any role, entities are open to whoever reaches the system", () => {
  expect(notes().model.entities[0]?.access).toEqual([{ role: "anyone", can: ["read", "list", "create", "update", "delete"] }]);
});

test("with the first role, an entity without access rules is closed", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note") });
  Notes.query("read", { allow: [role("reader")], body: () => {} });
  expect(assemble(system("x", { contexts: [Notes] })).model.entities[0]?.access).toEqual([]);
});

test.each(["anyone", "system"])("a role named %s is refused, because its members would be taken for it", (name) => {
  const Notes = context("notes");
  Notes.query("read", { allow: [role(name)], body: () => {} });
  expect(refusal(() => assemble(system("x", { contexts: [Notes] }))).code).toBe("model/role-reserved");
});

test("a job and a command of one name are refused: they would share their grants", () => {
  const Notes = context("notes");
  const clean = Notes.command("clean", {});
  Notes.job("clean", { every: "1h", runs: clean });
  expect(refusal(() => assemble(system("x", { contexts: [Notes] }))).message).toBe("notes.clean is declared twice.");
});
