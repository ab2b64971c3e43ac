import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { systemHasRoles } from "./system-has-roles.ts";

test("a system that is open for want of roles is reported once", () => {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
  Notes.command("pin", { input: { note: t.ref(Note) }, body: ({ input, update }) => void update(Note, input.note, { text: "!" }) });
  expect(findings(systemHasRoles, modelOf([Notes]))).toMatchInlineSnapshot(`
    "info[security/system-has-roles] at sample
      sample knows no roles, so whoever reaches it may call 1 operation and change every row of notes.Note.
      why: That does for a first try and behind a gateway that signs people in. Anywhere else it is an open door.
      fix: Declare a role, say \`allow\` at the operations and \`access\` at the entities: with the first role, what is not granted is closed."
  `);
});

test("a system with roles is accepted", () => {
  expect(findings(systemHasRoles, modelOf(sample().contexts))).toBe("");
});

test("operations that are for anyone on purpose are accepted", () => {
  const Clock = context("clock");
  Clock.query("now", { allow: "anyone", returns: t.time(), body: ({ now }) => now });
  expect(findings(systemHasRoles, modelOf([Clock]))).toBe("");
});
