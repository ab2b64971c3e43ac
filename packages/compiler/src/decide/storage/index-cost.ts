import type { Entity } from "@archwright/model";
import { constant, product, sum, type Formula } from "../../formulas/formula.ts";
import { logOfIndex } from "../../quantities/contexts.ts";
import { indexEntry } from "../../quantities/volume.ts";
import type { Brief, OptionRule } from "../rule.ts";
import { onAverage, upkeepOf } from "./upkeep.ts";

const entryMs = constant(
  "index-budget-entry",
  "work of the database for one more index entry",
  0.006,
  "ms",
  "measured",
  "reliability study 2.1: 20,000 rows a second with eight indexes, 409,000 with none",
);
export interface Indexing {
  readonly indexes: Formula;
  /** Milliseconds of the database in a second. */
  readonly readMs: Formula;
  readonly hours: Formula;
  /** Bytes that a row takes in an index besides its entries. */
  readonly extra: Formula;
}

/** What indexes take of each write and of the disk, and what reading costs with them. */
export function indexed(
  brief: Brief,
  { id }: Entity,
  { indexes, readMs, hours, extra }: Indexing,
): Pick<OptionRule, "hoursPerMonth" | "figures" | "score"> {
  const { volume, work } = brief.quantities;
  const written = work.writesTo(id);
  const busy = sum(product(written, indexes, entryMs), readMs);
  const log = product(written, sum(product(indexes, logOfIndex), extra));
  const bytes = product(volume.rowsAtHorizonOf(id), sum(product(indexes, indexEntry), extra));
  return {
    hoursPerMonth: hours,
    figures: [
      { id: "indexes", words: "indexes", unit: "count", formula: indexes },
      { id: "log-bytes", words: "bytes of log that they add in a second at the peak", unit: "bytes", formula: log },
      {
        id: "work",
        words: "milliseconds of the database in a second at the peak, pages included",
        unit: "ms",
        formula: busy,
      },
    ],
    score: upkeepOf(brief, { workMs: busy, logBytes: onAverage(brief, log), keptBytes: bytes, hours }),
  };
}
