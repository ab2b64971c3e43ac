import { defineRule } from "../../rule.ts";

export const querySaysWhoMay = defineRule({
  code: "security/query-says-who-may",
  severity: "warning",
  message: "{query} does not say who may call it, so anyone may, signed in or not.",
  why: "What it reads is public from the first day on, and nobody has decided that.",
  fix: 'Say allow: "anyone" if that is meant, or allow: [{roles}].',
  check({ model }, report) {
    if (model.roles.length === 0) return;
    const roles = model.roles.map(({ name }) => name).join(", ");
    for (const { kind, id, allowSaid } of model.operations) {
      if (kind === "query" && !allowSaid) report(id, { query: id, roles });
    }
  },
});
