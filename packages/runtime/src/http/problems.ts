import { problems, problemType, sentenceCase, type JsonValue, type Problem, type ProblemCode } from "@archwright/model";
import { ProblemError, type ProblemFacts } from "../problem.ts";

/** One of the problems that every route knows. */
export function problem(code: ProblemCode, facts: ProblemFacts = {}): ProblemError {
  return new ProblemError(code, problems[code].status, facts);
}

/** Failures of the protocol itself: they happen before there is a route, so that no contract lists them. */
export const protocolProblems: readonly Problem[] = [
  {
    code: "bad-request",
    status: 400,
    title: "This is not HTTP as the standard has it",
    meaning: "The request could not be read. Compare it with RFC 9112.",
  },
  { code: "request-timeout", status: 408, title: "The request did not arrive in time", meaning: "Send it again, and all of it at once." },
  {
    code: "expectation-failed",
    status: 417,
    title: "The Expect header cannot be met",
    meaning: "Only 100-continue is known. Leave the header out.",
  },
  { code: "headers-too-large", status: 431, title: "The headers are too large", meaning: "Send fewer or shorter headers: 16 KiB in all." },
];

/** A problem as RFC 9457 writes it. */
export function problemDocument(error: ProblemError, requestId: string | undefined): JsonValue {
  const { code, status, detail, fields } = error;
  return {
    type: problemType(code),
    title: titles.get(code) ?? sentenceCase(code),
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(requestId !== undefined && { requestId }),
    ...(fields && { errors: fields.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })) }),
  };
}

const titles = new Map([...Object.values(problems), ...protocolProblems].map(({ code, title }) => [code, title]));

/** `items.0.quantity` → "/items/0/quantity". */
const pointerOf = (path: string): string => (path === "" ? "" : `/${path.replaceAll(".", "/")}`);
