import { assemble } from "@archwright/model";
import { context, system, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { emitters } from "./emitters.ts";

const Notes = context("notes");
const Note = Notes.entity("Note", { id: t.id("note"), text: t.text(), status: t.state({ open: ["closed"], closed: [] }) });
Notes.command("close", {
  input: { note: t.ref(Note) },
  returns: Note,
  body: ({ input, transition }) => transition(Note, input.note, { status: "closed" }),
});
const { model } = assemble(system("hello", { contexts: [Notes] }));
const emit = () => emitters.flatMap((emitter) => emitter.emit(model, { hash: "sha256:0123" }));

test("every artefact has a path of its own, and names the model that it was made from", () => {
  const artefacts = emit();
  expect(new Set(artefacts.map(({ path }) => path.toLowerCase())).size).toBe(artefacts.length);
  expect(artefacts.filter(({ text }) => !text.includes("sha256:0123"))).toEqual([]);
});

test("every artefact ends with one newline", () => {
  expect(
    emit()
      .filter(({ text }) => !/[^\n]\n$/.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});

test("two runs give the same bytes", () => {
  expect(emit()).toEqual(emit());
});
