import { assumedOf, type Load, type Model, type Operation } from "@archwright/model";
import type { CallGraph } from "./call-graph.ts";
import type { EventFlow } from "./event-flow.ts";
import type { Items } from "./items.ts";
import { memo } from "./memo.ts";

/** How often something happens, a second. Unknowns count with what is assumed of them. */
export interface Rate {
  readonly mean: number;
  readonly peak: number;
}

/**
 * How often an operation runs or a third party is called:
 * the load that the system states for it, plus the rate of everything that calls it, of every event that it reacts to, and of its jobs.
 *
 * A lower bound: what has no stated load counts as nothing, a call inside an `each` counts once, and jobs by the clock are left out.
 * A load stated for an operation that only the system may call is taken as the whole of it.
 *
 * `quantities/load.ts` reckons the likely load instead, with assumptions for what is not stated (silent operations, peaks, jobs by the clock,
 * webhooks): a check accuses only of what the model says, so its number is the same or lower.
 */
export function ratesOf(
  model: Model,
  items: Items,
  { callersOf }: CallGraph,
  { emittersOf, reactionsBy }: EventFlow,
): (id: string) => Rate {
  const stated = new Map(model.requirements.load.map((load) => [load.operation, statedRate(load)]));
  const rateOf: (id: string) => Rate = memo((id) => {
    const said = stated.get(id) ?? none;
    const inner = total([
      ...callersOf(id).map((caller) => (caller.kind === "job" ? jobRate(caller.id, items) : rateOf(caller.id))),
      ...reactionsBy(id).flatMap(({ event }) =>
        emittersOf(event).map((emitter) => (items.jobs.has(emitter) ? jobRate(emitter, items) : rateOf(emitter))),
      ),
    ]);
    return isInner(items.operations.get(id))
      ? { mean: Math.max(said.mean, inner.mean), peak: Math.max(said.peak, inner.peak) }
      : total([said, inner]);
  }, none);
  return rateOf;
}

const none: Rate = { mean: 0, peak: 0 };

function statedRate({ meanPerSecond, peakPerSecond = meanPerSecond }: Load): Rate {
  return { mean: assumedOf(meanPerSecond), peak: assumedOf(peakPerSecond) };
}

function jobRate(id: string, items: Items): Rate {
  const when = items.jobs.get(id)?.when;
  const perSecond = when?.kind === "every" ? 1_000 / when.everyMs : 0;
  return { mean: perSecond, peak: perSecond };
}

const isInner = (operation: Operation | undefined): boolean => operation?.allow.kind === "system";

function total(rates: readonly Rate[]): Rate {
  return { mean: rates.reduce((sum, { mean }) => sum + mean, 0), peak: rates.reduce((sum, { peak }) => sum + peak, 0) };
}
