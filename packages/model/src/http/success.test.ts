import { expect, test } from "vitest";
import { context, role, system, t } from "../language.ts";
import { assemble } from "../recording/assemble.ts";
import { routesOf } from "./routes.ts";
import { successStatusOf } from "./success.ts";

const Notes = context("notes");
const writer = role("writer");
const Note = Notes.entity(
  "Note",
  { id: t.id("note"), text: t.text() },
  { access: [{ role: writer, can: ["read", "create", "update", "delete"] }] },
);
Notes.command("write", { http: "POST /write", returns: Note, body: ({ create }) => create(Note, { text: "" }) });
Notes.command("edit", {
  http: "POST /edit",
  input: { note: t.ref(Note) },
  returns: Note,
  body: ({ input, update }) => update(Note, input.note, {}),
});
Notes.command("sweep", { http: "POST /sweep" });
const { model } = assemble(system("s", { contexts: [Notes] }));

test("a new row is 201, nothing is 204, and all else is 200", () => {
  expect(routesOf(model).map((route) => `${route.method} ${route.path} ${successStatusOf(model, route)}`)).toEqual([
    "POST /edit 200",
    "POST /notes 201",
    "GET /notes/:id 200",
    "PATCH /notes/:id 200",
    "DELETE /notes/:id 204",
    "POST /sweep 204",
    "POST /write 201",
  ]);
});
