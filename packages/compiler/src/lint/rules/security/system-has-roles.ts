import { counted } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const systemHasRoles = defineRule({
  code: "security/system-has-roles",
  severity: "info",
  message: "{system} knows no roles, so whoever reaches it may call {operations}.",
  why: "That does for a first try and behind a gateway that signs people in. Anywhere else it is an open door.",
  fix: 'Declare a role and say `allow` at the operations that it may call; those for everybody say "anyone".',
  check({ model }, report) {
    const open = model.operations.filter(({ allowSaid }) => !allowSaid);
    if (model.roles.length === 0 && open.length > 0)
      report(model.name, { system: model.name, operations: counted(open.length, "operation") });
  },
});
