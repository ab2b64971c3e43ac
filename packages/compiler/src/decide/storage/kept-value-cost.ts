import type { Entity } from "@archwright/model";
import { product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import type { Brief, OptionRule } from "../rule.ts";
import { upkeepOf } from "./upkeep.ts";

/** What a way of keeping a value asks of the database, for each row that has it. */
export interface Keeping {
  /** Milliseconds for each read and each write of the row. */
  readonly readMs: Formula;
  readonly writeMs: Formula;
  /** Rows a second that are written only because of it. */
  readonly followed?: Formula;
  readonly bytes: Formula;
  readonly hours?: Formula;
}

/** The figures of an option that keeps a value so, and the money that it goes by: nobody bills a value by itself. */
export function keptSo(
  brief: Brief,
  entity: Entity,
  keeping: Keeping,
): Pick<OptionRule, "hoursPerMonth" | "latencyMs" | "figures" | "score"> {
  const { work, volume } = brief.quantities;
  const { readMs, writeMs, followed = zero, bytes, hours = zero } = keeping;
  const busy = sum(product(work.readsOf(entity.id), readMs), product(work.writesTo(entity.id), writeMs), product(followed, rowWriteMs));
  const kept = product(volume.rowsAtHorizonOf(entity.id), bytes);
  return {
    hoursPerMonth: hours,
    latencyMs: readMs,
    figures: [
      { id: "work", words: "milliseconds of the database in a second at the peak", unit: "ms", formula: busy },
      { id: "bytes", words: "bytes at the end of the horizon", unit: "bytes", formula: kept },
    ],
    score: upkeepOf(brief, { workMs: busy, keptBytes: kept, hours }),
  };
}
