import { defineRule } from "../../rule.ts";

export const commandSaysWhoMay = defineRule({
  code: "security/command-says-who-may",
  severity: "error",
  message: "{command} does not say who may call it, so anyone may, signed in or not.",
  why: "Whoever finds its route can change your data, and no log will know who it was.",
  fix: 'Say allow: [{roles}], "system" for what only events and jobs run, or "anyone" if that is meant.',
  check({ model }, report) {
    // Without any role there is nobody to name: security/system-has-roles says that once.
    if (model.roles.length === 0) return;
    const roles = model.roles.map(({ name }) => name).join(", ");
    for (const { kind, id, allowSaid } of model.operations) {
      if (kind === "command" && !allowSaid) report(id, { command: id, roles });
    }
  },
});
