import { defineRule } from "../../rule.ts";

export const secretStaysInside = defineRule({
  code: "security/secret-stays-inside",
  severity: "error",
  message: "{path} is a secret in {place}.",
  why: "{consequence}",
  fix: "{fix}",
  check({ fields, items }, report) {
    for (const { holder, item, path, field } of fields) {
      if (field.kind !== "secret" || holder === "entity") continue;
      if (holder === "input" && items.operations.get(item)?.kind === "command") continue;
      report(path, { path, ...leaks[holder] });
    }
  },
});

const leaks = {
  event: {
    place: "an event",
    consequence: "Events are stored as plain text, for as long as somebody may need to read them again, and handed to whoever reacts.",
    fix: "Send the id of the row that holds the secret, and let the reaction ask for what it needs.",
  },
  returns: {
    place: "an answer",
    consequence: "A secret is never given back: the field will be missing from each answer.",
    fix: "Take it out of `returns`; what a caller has to see once is a text.",
  },
  input: {
    place: "the input of a query",
    consequence: "The input of a query is a part of its URL, which logs, proxies and browser histories keep.",
    fix: "Take it in a command, whose input travels in the body.",
  },
} as const;
