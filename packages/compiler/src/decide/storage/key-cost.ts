import type { Entity } from "@archwright/model";
import { call, constant, exact, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { freshPages } from "../../formulas/storage-laws.ts";
import { logOfIndex } from "../../quantities/contexts.ts";
import type { Brief, OptionRule } from "../rule.ts";
import { upkeepOf } from "./upkeep.ts";

const documented = (id: string, words: string, value: number, unit: "bytes" | "share" | "s", page: string): Formula =>
  constant(`key-type-${id}`, words, value, unit, "sourced", `PostgreSQL documentation: ${page}`);
const entryHead = documented("entry", "bytes of an index entry without its key", 12, "bytes", "B-tree pages");
const orderedFill = documented("ordered-fill", "how full pages are that are filled in order", 0.9, "share", "fillfactor of B-trees");
const checkpoint = documented("checkpoint", "seconds until a changed page is logged as a whole again", 300, "s", "checkpoint_timeout");
const randomFill = constant(
  "key-type-random-fill",
  "how full pages are that are filled at random",
  0.69,
  "share",
  "general",
  "pages split in half: ln 2",
  [0.6, 0.75],
);
const pageBytes = exact(8_192);
/** What the log was measured with. */
const measuredBytes = exact(8);

export interface Key {
  readonly bytes: number;
  /** Whether a new key may fall anywhere among those that are there. */
  readonly isRandom: boolean;
  readonly hours: Formula;
}

/** What a kind of keys takes of the disk, the memory and the log, in the entity itself and in those that name its rows. */
export function keyed(
  brief: Brief,
  entity: Entity,
  referrers: readonly Entity[],
  { bytes, isRandom, hours }: Key,
): Pick<OptionRule, "hoursPerMonth" | "figures" | "score"> {
  const { volume } = brief.quantities;
  const made = volume.growthOf(entity.id);
  const rows = volume.rowsAtHorizonOf(entity.id);
  const key = exact(bytes);
  const entry = sum(entryHead, key);
  const own = product(rows, quotient(entry, isRandom ? randomFill : orderedFill));
  const naming = sum(...referrers.map(({ id }) => volume.rowsAtHorizonOf(id)));
  const indexBytes = sum(own, product(naming, sum(key, quotient(entry, randomFill))));
  const wholePages = isRandom ? product(pageBytes, call(freshPages, quotient(own, pageBytes), product(made, checkpoint))) : zero;
  const rowLog = sum(logOfIndex, key, product(exact(-1), measuredBytes), wholePages);
  return {
    hoursPerMonth: hours,
    figures: [
      { id: "index-bytes", words: "bytes of keys and of their indexes at the end of the horizon", unit: "bytes", formula: indexBytes },
      { id: "log-bytes", words: "bytes of log that the key adds to a new row", unit: "bytes", formula: rowLog },
    ],
    score: upkeepOf(brief, { keptBytes: indexBytes, logBytes: product(made, rowLog), hours }),
  };
}
