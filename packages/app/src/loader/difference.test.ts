import { assemble, type Model } from "@archwright/model";
import { context, system, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { differenceProblem } from "./difference.ts";

const otherwise = { file: "system.ts", line: 9, column: 1 };

function modelWith(...entities: readonly string[]): Model {
  const Notes = context("notes");
  for (const name of entities) Notes.entity(name, { id: t.id("n"), text: t.text() });
  return assemble(system("sample", { contexts: [Notes] })).model;
}

test("an item that is there only once is named, not those that follow it", () => {
  const { message } = differenceProblem(modelWith("Aim", "Note"), modelWith("Note"), otherwise);
  expect(message).toContain("They differ in entities › notes.Aim: {");
  expect(message).toContain("the first time, nothing the second.");
});

test("the place is the line of the innermost item", () => {
  const first = modelWith("Note");
  const [entity] = first.entities;
  const second: Model = { ...first, entities: entity ? [{ ...entity, indexes: [["text"]] }] : [] };
  const { at, message } = differenceProblem(first, second, otherwise);
  expect(message).toContain('entities › notes.Note › indexes › 0: nothing the first time, ["text"] the second');
  expect(at).toEqual([first.origins["notes.Note"]]);
});

test("where no item is near, the system is the place", () => {
  const first = modelWith();
  expect(differenceProblem({ ...first, name: "a" }, { ...first, name: "b" }, otherwise)).toMatchObject({
    message: 'Two loads of the same files make two models. They differ in name: "a" the first time, "b" the second.',
    at: [otherwise],
  });
});
