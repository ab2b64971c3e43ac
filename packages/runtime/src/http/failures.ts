import { GuardedCallError } from "@archwright/resilience";
import { DatabaseFailure, DatabaseUnavailable, StatementTimedOut } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";
import { problem } from "./problems.ts";

/** What a caller is told of a failure. Whatever is not known here is ours, and he is told nothing but that. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseUnavailable) return unavailable(error.outcomeUnknown ? "timeout" : "unavailable", error, error.retryAfterMs);
  if (error instanceof StatementTimedOut) return unavailable("timeout", error, 1_000);
  if (error instanceof DatabaseFailure && error.retryable) return unavailable("unavailable", error, 1_000);
  if (error instanceof GuardedCallError) return thirdParty(error);
  const ofFastify = fastifyProblems[codeOf(error)];
  return ofFastify ? ofFastify() : problem("internal", { cause: error });
}

function unavailable(code: "unavailable" | "timeout", cause: Error, retryAfterMs: number): ProblemError {
  return problem(code, { cause, retryAfterMs });
}

function thirdParty(error: GuardedCallError): ProblemError {
  const { kind, retryAfterMs } = error.failure;
  const facts = { cause: error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  switch (kind) {
    case "timeout":
      return problem("timeout", facts);
    case "open":
    case "saturated":
      return problem("unavailable", { retryAfterMs: 1_000, ...facts });
    case "failed":
      return problem("upstream-failed", facts);
  }
}

const notJson = "Send the body as JSON, with the header Content-Type: application/json.";

const fastifyProblems: { readonly [code: string]: () => ProblemError } = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => problem("unsupported-media-type", { detail: notJson }),
  FST_ERR_CTP_BODY_TOO_LARGE: () => problem("payload-too-large", { detail: "The body has more bytes than this server takes." }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => problem("invalid-input", { detail: "The body has not the length that Content-Length gives." }),
  FST_ERR_BAD_URL: () => problem("invalid-input", { detail: "The path is not percent-encoded UTF-8." }),
  FST_ERR_MAX_PARAM_LENGTH: () => problem("not-found", { detail: "No id is as long as the one in this path." }),
  // The caller went away while he was sending.
  ECONNRESET: () => problem("invalid-input", { detail: "The body broke off." }),
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
