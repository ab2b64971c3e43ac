import {
  credentialFields,
  exampleRecord,
  refreshFields,
  signUpFields,
  signUpRoles,
  exampleOf,
  type AuthRoute,
  type JsonRecord,
  type SchemaScope,
} from "@archwright/model";
import { json } from "./bodies.ts";
import { headerReferences } from "./headers.ts";
import { listedResponses } from "./problem-responses.ts";

/** Under which heading a reader finds how to become somebody. */
export const signInTag = {
  name: "sign-in",
  description: "How a caller becomes somebody: a short-lived access token, and a refresh token that is good for the next one.",
};

/** The operation object of a route by which a caller becomes somebody. */
export function signInOperation(
  scope: SchemaScope,
  { name, summary, status, body, result, problems }: AuthRoute,
  operationId: string,
): JsonRecord {
  const success = {
    description: `${summary}: done.`,
    headers: headerReferences(["X-Request-Id"]),
    ...(result && { content: json(result, resultExample(scope, name)) }),
  };
  const bodyProblems = body ? (["payload-too-large", "unsupported-media-type"] as const) : [];
  const [field] = name === "refresh" || name === "signOut" ? refreshFields : credentialFields;
  return {
    tags: [signInTag.name],
    summary,
    operationId,
    security: [],
    ...(body && { requestBody: { required: true, content: json(body, bodyExample(scope, name)) } }),
    responses: {
      [status]: success,
      ...listedResponses([...problems, ...bodyProblems, "too-many-requests", "internal", "unavailable"], {
        field: field?.name,
        invariant: undefined,
      }),
    },
  };
}

function bodyExample(scope: SchemaScope, name: AuthRoute["name"]): JsonRecord | undefined {
  const [role] = signUpRoles(scope.model);
  if (name === "signUp") return role && exampleRecord(scope, signUpFields(scope.model, role));
  return name === "signIn" ? exampleRecord(scope, credentialFields) : { refreshToken };
}

function resultExample({ model, lookup }: SchemaScope, name: AuthRoute["name"]): JsonRecord {
  if (name === "keys")
    return {
      keys: [{ kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig", kid: "k1", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }],
    };
  const [role = model.roles[0]] = signUpRoles(model);
  const actor = role?.actor === undefined ? "acc" : exampleOf({ lookup }, { kind: "ref", entity: role.actor, name: "actor" });
  return { accessToken, expiresInSeconds: 600, refreshToken, role: role?.name ?? "", actor: actor ?? "" };
}

// Tokens are not to be looked into, and these are none.
const accessToken = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl";
const refreshToken = "9Jq3m0Yt6sVx2nKcR8wLzB4uHfE7aDgP";
