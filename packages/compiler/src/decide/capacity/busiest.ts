import { atMost, constant, exact, greatest, named, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";
import { processGroupsOf } from "../structure/process-groups.ts";
import { useMax } from "../use-max.ts";

const waitShare = constant(
  "replicas-wait-share",
  "share of the promised p99 that may be spent waiting for a processor",
  0.1,
  "share",
  "general",
  "the rest is for the work itself and for what it calls",
  [0.02, 0.5],
);

/** What the process that has most to do asks of its copies; all processes get as many and as large ones. */
export interface Busiest {
  /** Processors that it keeps busy at the peak. */
  readonly cores: Formula;
  /** The same with headroom. */
  readonly withHeadroom: Formula;
  /** Processors of one copy: a whole one, unless a quarter or a half bears everything even alone. */
  readonly size: Formula;
  /** Copies of that size that are busy at the peak. */
  readonly load: Formula;
  /** Milliseconds that a copy of that size works for a request. */
  readonly serviceMs: Formula;
  /** Milliseconds that one request in a hundred may wait for a processor. */
  readonly waitMsMax: Formula;
}

export function busiestOf(brief: Brief): Busiest {
  const { quantities, decided, facts } = brief;
  const { work, load, promises } = quantities;
  const placement = decided("placement");
  const { groups, bound } = processGroupsOf(facts);
  const busiest = (partition: readonly (readonly string[])[]): Formula =>
    greatest(zero, ...partition.map((names) => sum(...names.map((context) => work.applicationCoresOf(context)))));
  const [grouped, alone] = [busiest(groups), busiest(bound)];
  const cores = named(
    "busiest.cores",
    "processors that the busiest process keeps busy at the peak",
    "cores",
    when(placement.is("process-per-context"), alone, when(placement.is("process-per-group"), grouped, work.applicationCores)),
  );
  const withHeadroom = named(
    "busiest.with-headroom",
    "processors that the busiest process needs at the peak, headroom included",
    "cores",
    product(cores, decided("headroom").figure("factor")),
  );
  const need = greatest(withHeadroom, quotient(cores, useMax));
  const [quarter, half] = [exact(0.25), exact(0.5)];
  const size = named(
    "busiest.size",
    "processors of one copy",
    "cores",
    when(atMost(need, quarter), quarter, when(atMost(need, half), half, exact(1))),
  );
  const perRequest = when(atMost(load.peak, zero), zero, quotient(product(work.applicationCores, msPerSecond), load.peak));
  return {
    cores,
    withHeadroom,
    size,
    load: named("busiest.load", "copies that are busy at the peak", "count", quotient(cores, size)),
    serviceMs: named("busiest.service", "work of one copy for a request", "ms", quotient(perRequest, size)),
    waitMsMax: named(
      "replicas.wait-max",
      "part of the tightest promised p99 that may be spent waiting for a processor",
      "ms",
      product(promises.tightestP99, waitShare),
    ),
  };
}
