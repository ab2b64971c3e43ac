import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const roleCanBeHad = defineRule({
  code: "security/role-can-be-had",
  severity: "info",
  message: "Nobody can sign up to {system}: none of its roles ({roles}) may be had that way.",
  why: "The first account of each role has to be granted by hand before anything can be called.",
  fix: "Say `signUp: true` at the role that the public takes; or accept this check if accounts are only ever granted.",
  check({ model }, report) {
    if (model.roles.length === 0 || model.roles.some(({ signUp }) => signUp === true)) return;
    report([model.name, ...model.roles.map(({ name }) => name)], {
      system: model.name,
      roles: listed(model.roles.map(({ name }) => name)),
    });
  },
});
