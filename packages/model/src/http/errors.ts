import type { Model, Operation } from "../model/model.ts";
import type { JsonSchema } from "./field-schema.ts";

/** One way for a request to fail that every Archwright backend knows. The wire is RFC 9457. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** What happened, and what a client does about it: the text of the page behind the problem's `type`. */
  readonly meaning: string;
}

export type ProblemCode = keyof typeof meanings;

const meanings = {
  "invalid-input": {
    status: 400,
    title: "The input is not valid",
    meaning:
      "A field is missing, unknown or not of its type. `errors` lists each place by its JSON pointer. Correct them and send the request again.",
  },
  "idempotency-key-missing": {
    status: 400,
    title: "The Idempotency-Key header is missing",
    meaning:
      "This operation acts at most once for each key. Send a new random key with each new intention, and the same key with each repetition.",
  },
  unauthenticated: {
    status: 401,
    title: "You are not signed in",
    meaning: "The access token is missing, expired or not ours. Sign in, or refresh the token, and send the request again.",
  },
  "wrong-credentials": {
    status: 401,
    title: "The email and the password do not match an account",
    meaning: "Correct them. The answer does not say which of the two is wrong.",
  },
  forbidden: {
    status: 403,
    title: "Your role may not do this",
    meaning:
      "You are signed in, and your role is not among those that may do this. Ask for another role; repeating the request is of no use.",
  },
  "not-found": {
    status: 404,
    title: "There is no such thing, or it is not yours to see",
    meaning: "Nothing that you may read has this address or id.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not know this method",
    meaning: "The Allow header lists the methods that it knows.",
  },
  conflict: {
    status: 409,
    title: "Something else has this value, or still needs this",
    meaning:
      "A value that has to be unique is taken, a row is still referred to, or its state does not lead there. Read it again and decide anew.",
  },
  "in-flight": {
    status: 409,
    title: "A request with this Idempotency-Key is still running",
    meaning: "Wait for the time in Retry-After and repeat the request with the same key.",
  },
  "payload-too-large": {
    status: 413,
    title: "The body is too large",
    meaning: "Send less at once.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "The body is of a type that is not taken here",
    meaning: "Send JSON as application/json, and a file as one of the types that its field takes.",
  },
  "key-reused": {
    status: 422,
    title: "This Idempotency-Key was used for another request",
    meaning: "A key stands for one intention. Send a new key with a new body.",
  },
  "invariant-broken": {
    status: 422,
    title: "A rule of the model would be broken",
    meaning: "`detail` states the rule. Nothing was changed.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    meaning: "Wait for the time in Retry-After.",
  },
  internal: {
    status: 500,
    title: "Something is wrong on our side",
    meaning: "It has been recorded under the request's id. Nothing was changed.",
  },
  "upstream-failed": {
    status: 502,
    title: "A service behind this one failed",
    meaning: "Repeat the request later.",
  },
  unavailable: {
    status: 503,
    title: "The service is overloaded or starting",
    meaning: "Wait for the time in Retry-After.",
  },
  timeout: {
    status: 504,
    title: "The answer took too long",
    meaning: "It may or may not have been done. Repeat a request that has an Idempotency-Key with the same key.",
  },
} as const;

/** Every problem, by its code. */
export const problems = Object.fromEntries(Object.entries(meanings).map(([code, meaning]) => [code, { code, ...meaning }])) as {
  readonly [C in ProblemCode]: Problem;
}; // The keys are those of the table above.

/** The `type` of a problem: a page of the server that explains it. */
export function problemType(code: string): string {
  return `/problems/${encodeURIComponent(code)}`;
}

/** An error that an operation declares, or that happens in an operation inside its transaction. */
export interface DeclaredError {
  readonly name: string;
  readonly status: number;
  /** The operation that declares it. */
  readonly from: string;
}

/** The errors of an operation and of everything that runs inside its transaction, each once, its own first. */
export function errorsOf(model: Model, operation: Operation): readonly DeclaredError[] {
  const found = new Map<string, DeclaredError>();
  for (const { id, errors } of [operation, ...atomicWithin(model, operation)]) {
    for (const { name, status } of errors) if (!found.has(name)) found.set(name, { name, status, from: id });
  }
  return [...found.values()];
}

/** Every operation that runs inside this one's transaction, however deep. */
export function atomicWithin(model: Model, operation: Pick<Operation, "id" | "atomic">): readonly Operation[] {
  const found = new Map<string, Operation>();
  const visit = ({ atomic }: Pick<Operation, "atomic">): void => {
    for (const callee of model.operations.filter(({ id }) => atomic.includes(id) && id !== operation.id && !found.has(id))) {
      found.set(callee.id, callee);
      visit(callee);
    }
  };
  visit(operation);
  return [...found.values()];
}

/** The document of any problem. */
export const problemSchema: JsonSchema = {
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference", description: "The page that explains the problem." },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    code: {
      type: "string",
      description: "What a program decides by: the name of a declared error, or of a problem that every route knows.",
    },
    detail: { type: "string", description: "What was wrong this time." },
    requestId: { type: "string", description: "Quote it when you ask for help." },
    errors: {
      type: "array",
      description: "Each place of the input that is wrong.",
      items: { type: "object", properties: { pointer: { type: "string" }, detail: { type: "string" } }, required: ["pointer", "detail"] },
    },
  },
  required: ["type", "title", "status", "code"],
};
