import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { systemHasRoles } from "./system-has-roles.ts";

function withAddNote(said: { allow?: "anyone" }) {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
  Notes.command("addNote", {
    ...said,
    input: { text: t.text().max(500) },
    returns: Note,
    idempotent: "no",
    body: ({ input, create }) => create(Note, { text: input.text }),
  });
  return modelOf([Notes]);
}

test("operations that anyone may call for want of roles are reported once", () => {
  expect(findings(systemHasRoles, withAddNote({}))).toMatchInlineSnapshot(`
    "info[security/system-has-roles] at sample
      sample knows no roles, so whoever reaches it may call 1 operation.
      why: That does for a first try and behind a gateway that signs people in. Anywhere else it is an open door.
      fix: Declare a role and say \`allow\` at the operations that it may call; those for everybody say "anyone"."
  `);
});

test("a system whose operations are for anyone on purpose is accepted", () => {
  expect(findings(systemHasRoles, withAddNote({ allow: "anyone" }))).toBe("");
});
