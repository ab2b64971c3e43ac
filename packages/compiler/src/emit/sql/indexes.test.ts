import { assemble, renderScript } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { indexesOf } from "./indexes.ts";
import { tablesOf } from "./table.ts";

const Notes = context("notes");
const Team = Notes.entity("Team", { id: t.id("tea"), name: t.text().unique() });
const author = role("author", Team);
const Note = Notes.entity(
  "Note",
  {
    id: t.id("not"),
    team: t.ref(Team),
    owner: t.ref(Team),
    kind: t.text().index(),
    words: t.text().search(),
    at: t.time(),
    scan: t.file({ max: "1MB", types: ["image/*"] }),
    marks: t.list({ by: t.ref(Team), size: t.int(), seal: t.file({ max: "1MB", types: ["image/*"] }) }),
  },
  { tenant: "team", access: [{ role: author, can: ["list"], where: (row, me) => row.owner.eq(me.id).and(row.kind.ne("x")) }] },
);
Notes.query("latest", {
  input: { kind: t.text() },
  returns: t.page(Note),
  body: ({ input, page }) => page(Note, { where: (row) => row.kind.eq(input.kind), sort: "-at" }),
});
const { model } = assemble(system("notes", { contexts: [Notes] }));

function indexes(entityName: string, table = 0): readonly string[] {
  const entity = model.entities.find(({ name }) => name === entityName);
  const found = entity && tablesOf(entity)[table];
  return found ? indexesOf(found, model).map(renderScript) : [];
}

test("each index says what asks for it, and serves whatever begins like it", () => {
  expect(indexes("Note")).toEqual([
    'create index "note_kind_at_id_idx" on "notes"."note" ("kind", "at", "id")',
    `comment on index "notes"."note_kind_at_id_idx" is 'Filter and order of the pages of notes.latest.'`,
    'create index "note_owner_id_idx" on "notes"."note" ("owner", "id")',
    `comment on index "notes"."note_owner_id_idx" is 'Filter of the policy for author, in the order of the list. Foreign key to notes.Team.'`,
    'create index "note_scan_idx" on "notes"."note" ("scan")',
    `comment on index "notes"."note_scan_idx" is 'The row that holds a file.'`,
    'create index "note_team_kind_idx" on "notes"."note" ("team", "kind")',
    `comment on index "notes"."note_team_kind_idx" is 'The model asks for it: kind. Foreign key to notes.Team.'`,
    'create index "note_words_search_idx" on "notes"."note" using gin (lower("words" collate "pg_c_utf8") gin_trgm_ops)',
    `comment on index "notes"."note_words_search_idx" is 'Search for words in words.'`,
  ]);
});

test("the items of a list are found by their row, by what their foreign keys name, and by the files that they hold", () => {
  expect(indexes("Note", 1)).toEqual([
    'create index "note_marks_by_idx" on "notes"."note_marks" ("by")',
    `comment on index "notes"."note_marks_by_idx" is 'Foreign key to notes.Team.'`,
    'create index "note_marks_seal_idx" on "notes"."note_marks" ("seal")',
    `comment on index "notes"."note_marks_seal_idx" is 'The row that holds a file.'`,
  ]);
});

test("what a constraint finds already has no second index", () => {
  expect(indexes("Team")).toEqual([]);
});
