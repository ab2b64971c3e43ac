import type { ProblemError } from "../problem.ts";

/** Failures that are an answer to the request itself: repeating it would only give them again. */
export const isOutcome = ({ status, code }: ProblemError): boolean =>
  status < 500 && code !== "in-flight" && code !== "key-reused" && code !== "unauthenticated";
