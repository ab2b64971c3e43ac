import type { JsonValue } from "@archwright/model";
import { Recent } from "./recent.ts";
import { StripeError } from "./stripe-error.ts";

export interface StripeAnswer {
  readonly status: number;
  readonly body: JsonValue;
  readonly replayed?: true;
}

const keysMax = 10_000;

/**
 * What Stripe keeps under an Idempotency-Key: the first answer of a request that began to be worked on. One that was refused for its
 * parameters has not begun, and may be sent again, mended, under its key.
 */
export function createKeptAnswers(): (key: string, fingerprint: string, run: () => StripeAnswer) => StripeAnswer {
  const kept = new Recent<{ readonly fingerprint: string; readonly answer: StripeAnswer }>(keysMax);
  return (key, fingerprint, run) => {
    const earlier = kept.get(key);
    if (earlier) {
      if (earlier.fingerprint !== fingerprint) throw reused(key);
      return { ...earlier.answer, replayed: true };
    }
    const answer = run();
    if (answer.status !== 400) kept.set(key, { fingerprint, answer });
    return answer;
  };
}

function reused(key: string): StripeError {
  return new StripeError(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}
