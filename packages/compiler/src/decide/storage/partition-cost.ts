import type { Entity } from "@archwright/model";
import { constant, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, msPerSecond, secondsPerMonth } from "../../quantities/given.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import type { Brief, OptionRule } from "../rule.ts";
import type { Aging } from "./aging.ts";
import { upkeepOf } from "./upkeep.ts";

const probeMs = constant(
  "partitioning-probe",
  "work of the database to look into one more partition",
  0.01,
  "ms",
  "general",
  "planning and one index more; to be measured",
  [0.003, 0.05],
);
export interface Split {
  readonly partitions: Formula;
  /** Partitions that a read looks into, where it does not know which. */
  readonly probed: Formula;
  /** Rows a second that are removed one by one. */
  readonly removed: Formula;
  readonly hours: Formula;
}

/** What looking into partitions takes, and removing what is old where no partition goes with it. */
export function split(
  brief: Brief,
  { id }: Entity,
  { partitions, probed, removed, hours }: Split,
): Pick<OptionRule, "hoursPerMonth" | "latencyMs" | "figures" | "score"> {
  const latency = product(probed, probeMs);
  const busy = sum(product(brief.quantities.work.readsOf(id), latency), product(removed, rowWriteMs));
  return {
    hoursPerMonth: hours,
    latencyMs: latency,
    figures: [
      { id: "partitions", words: "partitions at the end of the horizon", unit: "count", formula: partitions },
      {
        id: "work",
        words: "milliseconds of the database in a second, for looking into partitions and removing rows",
        unit: "ms",
        formula: busy,
      },
    ],
    score: upkeepOf(brief, { workMs: busy, hours }),
  };
}
/** Of all rows, the share that is removed in a month because of its age. */
export function removedShare(entity: Entity, { removedAfterMs }: Aging): Formula {
  if (removedAfterMs === undefined) return zero;
  const age = counted(
    `${entity.id}.partition-removed-after`,
    `age at which rows of ${entity.name} are removed`,
    removedAfterMs,
    entity.id,
    "ms",
  );
  return quotient(product(secondsPerMonth, msPerSecond), age);
}

export const removedPerSecond = ({ quantities }: Brief, { id }: Entity, { removedAfterMs }: Aging): Formula =>
  removedAfterMs === undefined ? zero : quantities.volume.growthOf(id);
