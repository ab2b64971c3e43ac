import type { Facts } from "../facts/facts.ts";
import { constant, named, product, quotient, sum, zero, type Formula } from "../formulas/formula.ts";
import { formulaOf, msPerSecond } from "./given.ts";
import type { LoadFormulas } from "./load.ts";
import { rowSizeFormulas, type RowSizeFormulas } from "./row-size.ts";
import { rowFormulas, type RowFormulas } from "./rows.ts";

/** How much is kept. */
export interface VolumeFormulas extends RowFormulas, RowSizeFormulas {
  /** At the end of the horizon, with indexes. */
  readonly bytesOf: (entity: string) => Formula;
  readonly contextBytesOf: (context: string) => Formula;
  readonly bytes: Formula;
  /** What is read again and again, and should fit into memory. */
  readonly workingSet: Formula;
  /** Until all of it is back from a backup, at the end of the horizon. */
  readonly restoreMs: Formula;
}

export const indexEntry = constant(
  "index-entry",
  "bytes of one index entry, page fill included",
  40,
  "bytes",
  "general",
  "B-tree leaf at 70 % fill",
  [24, 80],
);
export const hotShare = constant(
  "hot-share",
  "share of the data that is read again and again",
  0.2,
  "share",
  "general",
  "to be measured: hit ratio of the buffer cache",
  [0.05, 1],
);
const restoreSpeed = constant(
  "restore-speed",
  "bytes that a restore brings back in a second",
  100e6,
  "bytes",
  "general",
  "a disk of 125 MB/s, with the log to be replayed; to be rehearsed",
  [20e6, 500e6],
);

export function volumeFormulas(facts: Facts, load: LoadFormulas): VolumeFormulas {
  const { model, items } = facts;
  const rows = rowFormulas(facts, load);
  const sizes = rowSizeFormulas(facts);
  const bytesOf = formulaOf((id) => {
    const entryBytes = product(sizes.indexesOf(id), indexEntry);
    const words = `bytes of ${items.entities.get(id)?.name ?? id} at the end of the horizon`;
    return named(`${id}.bytes`, words, "bytes", product(rows.rowsAtHorizonOf(id), sum(sizes.rowBytesOf(id), entryBytes)));
  }, zero);
  const contextBytesOf = formulaOf((context) => {
    const held = model.entities.filter((entity) => entity.context === context);
    return named(`${context}.bytes`, `bytes of ${context} at the end of the horizon`, "bytes", sum(...held.map(({ id }) => bytesOf(id))));
  }, zero);
  const bytes = named("data.bytes", "data at the end of the horizon", "bytes", sum(...model.entities.map(({ id }) => bytesOf(id))));
  return {
    ...rows,
    ...sizes,
    bytesOf,
    contextBytesOf,
    bytes,
    workingSet: named("data.working-set", "data that is read again and again", "bytes", product(bytes, hotShare)),
    restoreMs: named("restore", "time to bring all data back from a backup", "ms", product(quotient(bytes, restoreSpeed), msPerSecond)),
  };
}
