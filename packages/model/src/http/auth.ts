import type { Field } from "../model/field.ts";
import type { Method, Model, Role } from "../model/model.ts";
import { inputSchema, outputSchema, type JsonSchema, type SchemaScope } from "./field-schema.ts";
import { entityOf } from "./places.ts";
import type { ProblemCode } from "./errors.ts";

/** A route by which a caller becomes somebody. Only a model with roles has them. */
export interface AuthRoute {
  readonly name: "signUp" | "signIn" | "refresh" | "signOut" | "keys";
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  /** What it answers with when all is well. */
  readonly status: 200 | 201 | 204;
  readonly body?: JsonSchema;
  readonly result?: JsonSchema;
  readonly problems: readonly ProblemCode[];
}

export function authRoutesOf(scope: SchemaScope): readonly AuthRoute[] {
  const { model } = scope;
  if (model.roles.length === 0) return [];
  const result = outputSchema(scope, tokenFields(model));
  const credentials = inputSchema(scope, credentialFields);
  const session = inputSchema(scope, refreshFields);
  const routes: readonly AuthRoute[] = [
    { ...words.signUp, status: 201, body: signUpSchema(scope), result, problems: ["invalid-input", "conflict"] },
    { ...words.signIn, status: 200, body: credentials, result, problems: ["invalid-input", "wrong-credentials"] },
    { ...words.refresh, status: 200, body: session, result, problems: ["invalid-input", "unauthenticated"] },
    { ...words.signOut, status: 204, body: session, problems: ["invalid-input"] },
    { ...words.keys, status: 200, result: keysSchema, problems: [] },
  ];
  return routes.filter(({ name }) => name !== "signUp" || signUpRoles(model).length > 0);
}

const words = {
  signUp: { name: "signUp", method: "POST", path: "/auth/sign-up", summary: "Sign up" },
  signIn: { name: "signIn", method: "POST", path: "/auth/sign-in", summary: "Sign in" },
  refresh: { name: "refresh", method: "POST", path: "/auth/refresh", summary: "Get a new access token" },
  signOut: { name: "signOut", method: "POST", path: "/auth/sign-out", summary: "Sign out" },
  keys: { name: "keys", method: "GET", path: "/.well-known/jwks.json", summary: "The public keys that tokens are signed with" },
} as const;

/** The roles that anybody may take. */
export function signUpRoles(model: Model): readonly Role[] {
  return model.roles.filter(({ signUp }) => signUp === true);
}

/** What signing up for a role takes: the credentials, and the fields of the actor that the row is not born with. */
export function signUpFields(model: Model, role: Role): readonly Field[] {
  const named = new Set(credentialFields.map(({ name }) => name));
  const one: Field = { kind: "oneOf", name: "role", values: [role.name], ...(signUpRoles(model).length === 1 && { default: role.name }) };
  return [one, ...credentialFields, ...actorFields(model, role).filter(({ name }) => !named.has(name))];
}

/** The fields of the actor's row that signing up fills. `email` is that of the credentials. */
export function actorFields(model: Model, { actor }: Role): readonly Field[] {
  if (actor === undefined) return [];
  return entityOf(model, actor).fields.filter(({ kind, now }) => kind !== "id" && kind !== "state" && now !== true);
}

/** A password is long rather than odd, and not so long that hashing it is an attack. */
export const credentialFields: readonly Field[] = [
  { kind: "email", name: "email" },
  { kind: "secret", name: "password", min: 12, max: 128 },
];

export const refreshFields: readonly Field[] = [{ kind: "text", name: "refreshToken", min: 1, max: 500 }];

/** What signing up, signing in and refreshing answer. The tokens are text here, and no secrets: they are given to the caller. */
export function tokenFields(model: Model): readonly Field[] {
  return [
    { kind: "text", name: "accessToken" },
    { kind: "int", name: "expiresInSeconds", min: 1 },
    { kind: "text", name: "refreshToken" },
    { kind: "oneOf", name: "role", values: model.roles.map(({ name }) => name) },
    // The id of the actor's row, or of the account where the role has no entity.
    { kind: "text", name: "actor" },
  ];
}

/** One form for each role that can be had, told apart by `role`. */
function signUpSchema(scope: SchemaScope): JsonSchema {
  const forms = signUpRoles(scope.model).map((role) => inputSchema(scope, signUpFields(scope.model, role)));
  const [first] = forms;
  return forms.length === 1 && first ? first : { oneOf: forms };
}

const text: JsonSchema = { type: "string" };

/** A set of keys as RFC 7517 has it. */
const keysSchema: JsonSchema = {
  type: "object",
  properties: {
    keys: {
      type: "array",
      items: {
        type: "object",
        properties: { kty: text, crv: text, x: text, kid: text, alg: text, use: text },
        required: ["kty", "crv", "x", "kid"],
      },
    },
  },
  required: ["keys"],
};
