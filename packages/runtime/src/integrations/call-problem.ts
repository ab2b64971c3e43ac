import { GuardedCallError } from "@archwright/resilience";
import { problem } from "../http/problems.ts";
import type { ProblemError } from "../problem.ts";
import { UpstreamFailure } from "./upstream-failure.ts";

/** What our own caller is told of a call that failed: which third party and what to do, and nothing that the third party said. */
export function callProblem(integration: string, error: GuardedCallError): ProblemError {
  const { kind, retryAfterMs } = error.failure;
  switch (kind) {
    case "timeout":
      return problem("timeout", { detail: `${integration} did not answer in time.`, cause: error });
    case "open":
      return unavailable(`${integration} has been failing, and is left alone for a moment.`, retryAfterMs, error);
    case "saturated":
      return unavailable(`Too many calls to ${integration} are under way.`, retryAfterMs, error);
    case "failed":
      return retryAfterMs !== undefined || statusOf(error) === 429
        ? unavailable(`${integration} asks us to wait.`, retryAfterMs, error)
        : problem("upstream-failed", { detail: `${integration} did not do what we asked of it.`, cause: error });
  }
}

/** The status that the third party answered last, if it did. */
export function statusOf({ failure: { cause } }: GuardedCallError): number | undefined {
  return cause instanceof UpstreamFailure ? cause.status : undefined;
}

function unavailable(detail: string, retryAfterMs = 1_000, cause: Error): ProblemError {
  return problem("unavailable", { detail, retryAfterMs, cause });
}
