import { wordsOf } from "@archwright/model";
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
