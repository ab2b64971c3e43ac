import { defineRule } from "../../rule.ts";

export const secretStaysInside = defineRule({
  code: "security/secret-stays-inside",
  severity: "error",
  message: "{path} is a secret in {place}.",
  why: "There it leaves the safe: an event is stored and copied as plain text, an answer comes without the field, and the input of a query is a part of the URL, which logs and histories keep.",
  fix: "Hand over the id of the row that holds it, and take it from callers only in the input of a command.",
  check({ fields, items }, report) {
    for (const { holder, item, path, field } of fields) {
      if (field.kind !== "secret" || holder === "entity") continue;
      if (holder === "input" && items.operations.get(item)?.kind === "command") continue;
      report(path, { path, place: places[holder] });
    }
  },
});

const places = { event: "an event", returns: "an answer", input: "the input of a query" } as const;
