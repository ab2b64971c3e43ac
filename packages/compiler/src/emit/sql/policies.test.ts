import { assemble, renderScript, type Model } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { listLooks } from "./list-looks.ts";
import { entityPolicies } from "./policies.ts";
import { granteesOf, reachesOf } from "./privileges.ts";
import { tablesOf } from "./table.ts";

function policies(model: Model): readonly string[] {
  const [entity] = model.entities;
  if (!entity) return [];
  const [own] = tablesOf(entity);
  return entityPolicies(own, reachesOf(granteesOf(model))(own), listLooks(entity)).map(renderScript);
}

test("in an operation a rule binds the role that it names, and is silent about the others", () => {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("not"), hidden: t.bool() });
  const [reader, editor, blind] = [role("reader"), role("editor"), role("blind")];
  Notes.access(Note, [
    { role: reader, can: ["read"], where: (row) => row.hidden.not() },
    { role: editor, can: ["read", "list"] },
    { role: blind, can: ["create"] },
  ]);
  Notes.query("readNote", {
    allow: [reader],
    input: { note: t.ref(Note) },
    returns: Note,
    body: ({ input, get }) => get(Note, input.note),
  });
  const { model } = assemble(system("app", { contexts: [Notes] }));
  expect(policies(model)).toContain(`create policy "operations" on "notes"."note" for all to "app/notes.readNote"
  using (case archwright.role()
    when 'blind' then false
    when 'reader' then not "note"."hidden"
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null)`);
});

test("at the routes of an entity a role has what the rules give it, and the others have nothing", () => {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("not"), hidden: t.bool() });
  Notes.access(Note, [
    { role: role("reader"), can: ["read"], where: (row) => row.hidden.not() },
    { role: role("editor"), can: ["read", "delete"] },
  ]);
  const { model } = assemble(system("app", { contexts: [Notes] }));
  expect(policies(model)).toEqual([
    'alter table "notes"."note" enable row level security, force row level security',
    `create policy "routes select" on "notes"."note" for select to "app/notes.Note"
  using (case archwright.role()
    when 'editor' then true
    when 'reader' then not "note"."hidden"
    else false
  end)`,
    `create policy "routes delete" on "notes"."note" for delete to "app/notes.Note"
  using (archwright.role() in ('editor'))`,
    `create policy "maintenance" on "notes"."note" for all to "app/maintenance"
  using (true) with check (true)`,
  ]);
});
