import { createAborter, type Signal } from "./abort.ts";
import { AttemptTimeout } from "./call-failure.ts";
import type { Sleep } from "./clock.ts";

/** One try of a call. `signal` aborts when its time is up or its caller gave up: hand it on to whatever does the waiting. */
export type Attempt<Answer> = (signal: Signal, attemptNumber: number) => Promise<Answer>;

export type AttemptResult<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "threw"; readonly error: unknown }
  | { readonly kind: "timed out"; readonly error: AttemptTimeout }
  | { readonly kind: "given up"; readonly error: unknown };

export interface AttemptRun<Answer> {
  /** Never rejects; ready at the timeout at the latest. */
  readonly result: Promise<AttemptResult<Answer>>;
  /** Never rejects; ready when the attempt itself is over, which one that ignores its signal may put off for ever. */
  readonly over: Promise<unknown>;
}

interface AttemptTerms {
  readonly attemptNumber: number;
  readonly timeoutMs: number;
  readonly sleep: Sleep;
  /** Aborts when the caller gives up. */
  readonly callerSignal: Signal | undefined;
}

/** Starts an attempt and cancels it when its time is up or its caller gives up. */
export function startAttempt<Answer>(attempt: Attempt<Answer>, terms: AttemptTerms): AttemptRun<Answer> {
  const work = createAborter();
  const over = settle(() => attempt(work.signal, terms.attemptNumber));
  return { over, result: firstOf(over, work.abort.bind(work), terms) };
}

async function settle<Answer>(attempt: () => Promise<Answer>): Promise<AttemptResult<Answer>> {
  try {
    return { kind: "answered", answer: await attempt() };
  } catch (error) {
    return { kind: "threw", error };
  }
}

async function firstOf<Answer>(
  over: Promise<AttemptResult<Answer>>,
  abort: (reason: unknown) => void,
  { timeoutMs, sleep, callerSignal }: AttemptTerms,
): Promise<AttemptResult<Answer>> {
  const wait = createAborter();
  const timedOut = interruptibleSleep(sleep, timeoutMs, wait.signal).then((): AttemptResult<Answer> => ({
    kind: "timed out",
    error: new AttemptTimeout(timeoutMs),
  }));
  const givenUp = aborted(callerSignal, wait.signal).then((error): AttemptResult<Answer> => ({ kind: "given up", error }));
  const result = await Promise.race([over, givenUp, timedOut]);
  wait.abort();
  if (result.kind === "timed out" || result.kind === "given up") {
    abort(result.error);
  }
  return result;
}

/** Sleeps, taking it as the end of the sleep and not as an error if the sleep is cut short. */
export async function interruptibleSleep(sleep: Sleep, ms: number, signal: Signal | undefined): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    if (signal?.aborted !== true) {
      throw error;
    }
  }
}

/** Resolves with the reason when `signal` aborts. It stops listening when `until` does, so that a long-lived signal gathers no listeners. */
async function aborted(signal: Signal | undefined, until: Signal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal === undefined) {
      return;
    }
    if (signal.aborted) {
      resolve(signal.reason);
      return;
    }
    const listener = () => resolve(signal.reason);
    signal.addEventListener("abort", listener);
    until.addEventListener("abort", () => signal.removeEventListener("abort", listener));
  });
}
