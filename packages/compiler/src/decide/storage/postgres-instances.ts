import { ceiling, constant, exact, greatest, named, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { databaseUse } from "../database-core-price.ts";
import type { Brief } from "../rule.ts";
import { largestSize } from "./database-sizes.ts";
import { atHand, diskReadsOf, missedShare } from "./disk-limits.ts";
import { primariesAskedFor } from "./postgres-limits.ts";
import type { PostgresLoad } from "./postgres-load.ts";

/** How many of the largest machines the load asks for. */

/** Load and data of the fullest shard, over the mean. */
export const shardSkew = constant(
  "database-shard-skew",
  "load of the busiest shard, over the mean",
  1.25,
  "count",
  "general",
  "hashed keys of some thousand owners",
  [1.05, 3],
);

/** Capacity over today's peak. */
export const marginOf = ({ decided }: Pick<Brief, "decided">): Formula => decided("headroom").figure("margin");

/** What one machine may keep busy of its cores, with headroom. */
export const coresBorne = (margin: Formula): Formula =>
  named(
    "database.cores-borne",
    "cores of the largest machine that may be busy, headroom left",
    "cores",
    quotient(product(largestSize.cores, databaseUse), margin),
  );

/** Reads of the disk a second if all rows were read on one of the largest machines. */
export const diskReadsOfOne = (load: PostgresLoad): Formula =>
  product(diskReadsOf(load.rowsRead), missedShare(largestSize.memoryGigabytes, load.hotBytes));

/** Each of them has all data. */
export function replicasFor(load: PostgresLoad, margin: Formula): Formula {
  const lateDiskReads = product(diskReadsOfOne(load), quotient(load.lateReadCores, load.peakCores));
  return greatest(
    one,
    ceiling(quotient(load.lateReadCores, coresBorne(margin))),
    ceiling(quotient(lateDiskReads, largestSize.diskOperations)),
  );
}

/**
 * Each of them has a part of the data, and so more of it at hand than all together have on one.
 *
 * With n primaries the fullest reads R·k/n rows, of which its memory M has the share M·n/(H·k): so n ≥ R·k / (limit + R·M/H).
 */
export function shardsFor(load: PostgresLoad, { quantities }: Brief, margin: Formula): Formula {
  const reads = diskReadsOf(load.rowsRead);
  const spared = product(reads, quotient(atHand(largestSize.memoryGigabytes), load.hotBytes));
  return greatest(
    exact(2),
    ceiling(primariesAskedFor(load, quantities)),
    ceiling(quotient(product(load.peakCores, shardSkew), coresBorne(margin))),
    ceiling(quotient(product(reads, shardSkew), sum(largestSize.diskOperations, spared))),
  );
}
