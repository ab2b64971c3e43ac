import {
  errorsOf,
  problems,
  problemsOf,
  problemType,
  sentenceCase,
  type JsonRecord,
  type JsonValue,
  type Model,
  type Operation,
  type ProblemCode,
  type Route,
} from "@archwright/model";
import { componentKey, problemName, schemaReference } from "./component-names.ts";
import { exampleRequestId, headerReferences, type HeaderName } from "./headers.ts";

/** One way for a request to fail, as a reader is shown it. */
interface Failure {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: JsonValue;
}

/** What is known of a request where its failures are described. */
export interface Request {
  /** A field of the input, if it has one. */
  readonly field: string | undefined;
  /** The statement of a rule that the request may break. */
  readonly invariant: string | undefined;
}

/** The answers of a route that fails, by status: what it declares, and what any route may end in. */
export function failureResponses(model: Model, route: Route, operation: Operation | undefined, request: Request): JsonRecord {
  const declared = operation
    ? errorsOf(model, operation).map(({ name, status }): Failure => ({ code: name, status, title: sentenceCase(name) || name }))
    : [];
  const known = problemsOf(model, route).map((code): Failure => ({ ...problems[code], ...particulars(code, request) }));
  return responsesByStatus([...declared, ...known]);
}

/** The same for a route of whom the problems are listed. */
export function listedResponses(codes: readonly ProblemCode[], request: Request): JsonRecord {
  return responsesByStatus(codes.map((code) => ({ ...problems[code], ...particulars(code, request) })));
}

/** The answers that say the same on every route. */
export function responseComponents(): JsonRecord {
  return Object.fromEntries(
    Object.values(problems).map((problem) => [
      problem.code,
      { description: `${problem.title}. ${problem.meaning}`, ...contentOf([problem]) },
    ]),
  );
}

function responsesByStatus(failures: readonly Failure[]): JsonRecord {
  const statuses = [...new Set(failures.map(({ status }) => status))].sort((left, right) => left - right);
  return Object.fromEntries(
    statuses.map((status) => [String(status), responseOf(failures.filter((failure) => failure.status === status))]),
  );
}

function responseOf(failures: readonly Failure[]): JsonRecord {
  const [only] = failures;
  if (failures.length === 1 && only && isGeneral(only)) return { $ref: `#/components/responses/${only.code}` };
  return { description: failures.map(({ title }) => `${title}.`).join(" Or: "), ...contentOf(failures) };
}

/** The same on every route: it says nothing of this request. */
function isGeneral({ code, detail, errors }: Failure): boolean {
  return Object.hasOwn(problems, code) && detail === undefined && errors === undefined;
}

function contentOf(failures: readonly Failure[]): JsonRecord {
  const [{ status } = { status: 500 }] = failures;
  const schema = {
    ...schemaReference(problemName),
    properties: { status: { const: status }, code: { enum: failures.map(({ code }) => code) } },
  };
  const examples = Object.fromEntries(
    failures.map((failure) => [componentKey(failure.code), { summary: failure.title, value: documentOf(failure) }]),
  );
  return { headers: headerReferences(headersOf(failures)), content: { "application/problem+json": { schema, examples } } };
}

function documentOf({ code, status, title, detail, errors }: Failure): JsonRecord {
  return {
    type: problemType(code),
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    requestId: exampleRequestId,
    ...(errors !== undefined && { errors }),
  };
}

function particulars(code: ProblemCode, { field, invariant }: Request): Pick<Failure, "detail" | "errors"> {
  if (code === "invalid-input" && field !== undefined)
    return { detail: `${field} is missing.`, errors: [{ pointer: `/${field}`, detail: "is missing" }] };
  return code === "invariant-broken" && invariant !== undefined ? { detail: invariant } : {};
}

/** Those that ask the caller to wait say how long. */
const waiting = new Set<string>(["in-flight", "too-many-requests", "unavailable"] satisfies ProblemCode[]);

function headersOf(failures: readonly Failure[]): readonly HeaderName[] {
  const waits = failures.some(({ code }) => waiting.has(code));
  const limited = failures.some(({ status }) => status === 429);
  return ["X-Request-Id", ...(limited ? (["RateLimit", "RateLimit-Policy"] as const) : []), ...(waits ? (["Retry-After"] as const) : [])];
}
