import { constant, difference, exact, greatest, least, one, power, product, quotient, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte } from "../../quantities/given.ts";
import type { Quantities } from "../../quantities/quantities.ts";
import type { Brief } from "../rule.ts";
import { largestSize } from "./database-sizes.ts";

/** What one primary bears, of the largest machine that can be had. */
export const writeShareMax = constant(
  "database-write-share",
  "share of what a primary can write that is used before the data are split",
  0.6,
  "share",
  "sourced",
  "catalogue of decisions, 23",
);
export const hotBytesMax = constant(
  "database-hot-bytes",
  "data read again and again that one primary keeps at hand",
  3e12,
  "bytes",
  "sourced",
  "catalogue of decisions, 23: 2 to 4 TB",
  [2e12, 4e12],
);
export const volumeBytes = constant(
  "database-volume",
  "bytes of the largest volume of a database",
  64e12,
  "bytes",
  "general",
  "volumes of managed PostgreSQL end at 64 TB",
);
const commitCeiling = constant(
  "database-commits-ceiling",
  "transactions that a primary of the largest size commits in a second, each synced",
  40_000,
  "/s",
  "general",
  "measured are 8,100 on two cores; on larger machines to be measured",
  [15_000, 100_000],
);
const logCeiling = constant(
  "database-log-ceiling",
  "bytes of log that a primary writes in a second",
  250e6,
  "bytes",
  "general",
  "measured are 92 MB on two cores; beyond it the volume sets the pace",
  [92e6, 1e9],
);

export const shardHours = constant(
  "database-shard-hours",
  "hours in a month for data that are split over several primaries",
  24,
  "hours",
  "general",
  "moving tenants, migrations shard by shard, reports over all of them",
  [10, 80],
);
const freeSpace = constant(
  "database-free-space",
  "share of a volume that is kept free of data",
  0.3,
  "share",
  "general",
  "dead rows, log, and room until somebody reacts",
  [0.2, 0.5],
);

interface Writing {
  readonly writeCores: Formula;
  readonly commits: Formula;
  readonly logBytes: Formula;
  readonly bytes: Formula;
  readonly hotBytes: Formula;
}

/** Of the cores, the commits and the log of the largest primary the share that is asked for, whichever is scarcest, at the end of the horizon. */
export const writeUseOf = ({ writeCores, commits, logBytes }: Omit<Writing, "bytes" | "hotBytes">, { load, volume }: Quantities): Formula =>
  product(
    greatest(quotient(writeCores, largestSize.cores), quotient(commits, commitCeiling), quotient(logBytes, logCeiling)),
    growthUntilHorizon({ load, volume }),
  );

/** The load at the end of the horizon, over that of today. */
export const growthUntilHorizon = ({ load, volume }: Pick<Quantities, "load" | "volume">): Formula =>
  power(load.yearlyGrowth, volume.horizonYears);

/** How many primaries writing and keeping ask for: one, as long as this is not more than 1. */
export const primariesAskedFor = (asked: Writing, quantities: Quantities): Formula =>
  greatest(
    quotient(writeUseOf(asked, quantities), writeShareMax),
    quotient(asked.hotBytes, hotBytesMax),
    quotient(onDisk(asked.bytes), volumeBytes),
  );

/** With the room that a volume needs besides. */
export const onDisk = (bytes: Formula): Formula => quotient(bytes, difference(one, freeSpace));

/** An instance, and the standby in another zone where there are several. */
export const copiesOf = ({ decided }: Pick<Brief, "decided">): Formula => least(exact(2), decided("zones").figure("zones"));

/** Money in a month for one copy of the data. */
export const storageCost = ({ price }: Pick<Brief, "price">, bytes: Formula): Formula =>
  product(quotient(onDisk(bytes), bytesPerGigabyte), price("storage"));
