import { assumedOf } from "@archwright/model";
import type { Callee, CallGraph, ExternalCallee } from "./call-graph.ts";
import { memo } from "./memo.ts";

/**
 * How long an operation waits for what it calls. Its own work comes on top, and no model states that, so these are lower bounds of the
 * operation and upper estimates of the waiting. `quantities/promises.ts` adds what it assumes of the own work, and reckons the time of a
 * callee where this takes its promise (`slo.p99`), so the two may differ either way.
 */
export interface Waiting {
  /**
   * Σ p99 of the callees, each call made once and answered at its first attempt. The p99 of an operation is what it promises (`slo.p99`),
   * or the waiting of its own callees where it promises nothing; that of an external call is what the model states.
   *
   * Conservative: the calls are taken one after another, though a handler may make them at once, and the 99th percentile of a sum of
   * independent times lies below the sum of their 99th percentiles; it reaches it where all are slow together.
   */
  readonly p99Ms: number;
  /**
   * Σ attempts × timeout of every external call in the chain: how long a request is held while the third parties do not answer.
   * Attempts are 1 + retries; where no timeout is set the p99 stands in for it, which is too little. Pauses between attempts are left out.
   */
  readonly worstMs: number;
  readonly parts: readonly WaitingPart[];
}

export interface WaitingPart {
  readonly callee: Callee;
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** Source of the rule that an outer limit exceeds the sum of the inner ones: catalogue of decisions, 9 (timeouts) and 5 (chain depth). */
export function waitingOf({ calleesOf }: CallGraph): (id: string) => Waiting {
  const waiting: (id: string) => Waiting = memo((id) => sumOf(calleesOf(id).map(partOf)), { p99Ms: 0, worstMs: 0, parts: [] });
  return waiting;

  function partOf(callee: Callee): WaitingPart {
    if (callee.kind === "external") return { callee, p99Ms: assumedOf(callee.call.p99Ms), worstMs: heldMs(callee) };
    const inner = waiting(callee.id);
    const p99Ms = callee.operation.slo?.p99Ms ?? inner.p99Ms;
    return { callee, p99Ms, worstMs: Math.max(p99Ms, inner.worstMs) };
  }
}

/** Attempts that one call of a third party may become: the first and its retries. */
export const attemptsOf = ({ integration }: ExternalCallee): number => 1 + (integration.onFailure?.retries ?? 0);

/** How long one call of a third party that does not answer holds its caller. */
export function heldMs(callee: ExternalCallee): number {
  return attemptsOf(callee) * (callee.integration.onFailure?.timeoutMs ?? assumedOf(callee.call.p99Ms));
}

function sumOf(parts: readonly WaitingPart[]): Waiting {
  return {
    p99Ms: parts.reduce((sum, { p99Ms }) => sum + p99Ms, 0),
    worstMs: parts.reduce((sum, { worstMs }) => sum + worstMs, 0),
    parts,
  };
}
