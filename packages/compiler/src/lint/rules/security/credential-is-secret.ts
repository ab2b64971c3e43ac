import { wordsOf } from "@archwright/model";
import { nestedFields } from "../../../facts/nested-fields.ts";
import { defineRule } from "../../rule.ts";

export const credentialIsSecret = defineRule({
  code: "security/credential-is-secret",
  severity: "error",
  message: "{path} is stored as plain text and is called {name}, as if it opened something.",
  why: "Every backup, log of a statement and role that may read {entity} holds the key.",
  fix: "Write t.secret(), which is encrypted and never read back. Passwords of accounts are kept by the sign-in itself: take those out.",
  check({ model }, report) {
    for (const { id, fields } of model.entities) {
      for (const { path, field } of nestedFields(fields, id)) {
        if (field.kind === "text" && opensSomething(field.name)) report(path, { path, name: field.name, entity: id });
      }
    }
  },
});

function opensSomething(name: string): boolean {
  const words = wordsOf(name);
  const [before, last] = words.slice(-2);
  return (
    words.includes("password") ||
    words.includes("passphrase") ||
    (last ?? before) === "secret" ||
    pairs.has(`${before ?? ""} ${last ?? ""}`)
  );
}

const pairs = new Set([
  "api key",
  "private key",
  "secret key",
  "signing key",
  "encryption key",
  "access token",
  "refresh token",
  "auth token",
  "bearer token",
  "session token",
]);
