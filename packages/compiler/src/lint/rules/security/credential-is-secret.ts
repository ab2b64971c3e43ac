import { kebab } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const credentialIsSecret = defineRule({
  code: "security/credential-is-secret",
  severity: "error",
  message: "{path} is stored as plain text and is called {name}, as if it opened something.",
  why: "Every backup, log of a statement and role that may read {entity} holds the key.",
  fix: "Write t.secret(), which is encrypted and never read back. Passwords of accounts are kept by the sign-in itself: take those out.",
  check({ fields }, report) {
    for (const { holder, item, path, field } of fields) {
      if (holder === "entity" && field.kind === "text" && opensSomething(field.name))
        report(path, { path, name: field.name, entity: item });
    }
  },
});

const opensSomething = (name: string): boolean => credential.test(kebab(name));

const credential =
  /(^|-)((password|passphrase)(-.*)?|secret|(api|private|secret|signing|encryption)-key|(access|refresh|auth|bearer|session)-token)$/;
