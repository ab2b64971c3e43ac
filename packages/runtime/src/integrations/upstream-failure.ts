import type { FailureVerdict } from "@archwright/resilience";

interface UpstreamFacts {
  readonly status: number;
  readonly reason: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

/** The third party answered, and not with what was asked for. The message is for the log: it may say what is none of our callers' business. */
export class UpstreamFailure extends Error {
  readonly status: number;
  readonly verdict: FailureVerdict;

  constructor(integration: string, { status, reason, retryable, retryAfterMs }: UpstreamFacts) {
    super(`${integration} answered ${status}: ${reason.slice(0, 500)}`);
    this.name = "UpstreamFailure";
    this.status = status;
    this.verdict = {
      retryable: retryable ?? passes.has(status),
      calleeAtFault: status >= 500 || status === 429 || status < 400,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
}

/** Statuses that say nothing of the request, and may be gone a little later. */
const passes: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What an attempt that failed says of the third party. */
export function verdictOn(error: unknown): FailureVerdict {
  if (error instanceof UpstreamFailure) return error.verdict;
  const code = codeOf(error);
  return { retryable: interruptions.has(code), calleeAtFault: code !== "" && !ours.has(code) };
}

/** Failures on the way. Certificates that do not fit and answers that are too large do not mend by themselves. */
const interruptions: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** Failures that say nothing of the third party. */
const ours: ReadonlySet<string> = new Set(["ABORT_ERR", "UND_ERR_ABORTED", "UND_ERR_CLOSED", "UND_ERR_DESTROYED", "UND_ERR_INVALID_ARG"]);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
