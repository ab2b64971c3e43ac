import { context, system, t } from "archwright";

const Notes = context("notes");
export const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500), pinned: t.bool().default(false) });
export const pin = Notes.command("pin", {
  input: { note: t.ref(Note) },
  returns: Note,
  body: ({ input, update }) => update(Note, input.note, { pinned: true }),
});
export default system("hello", { contexts: [Notes] });
