import { constant, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, hoursPerMonth, secondsPerMonth } from "../../quantities/given.ts";
import { hotShare } from "../../quantities/volume.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { oncePerModel } from "../once-per-model.ts";
import type { Brief } from "../rule.ts";

/*
 * What the database is asked for is worth in a month when options are compared. It is on the bill of the database and of its backups, whatever
 * is chosen here: so these figures go into scores, never into bills.
 */

export interface Upkeep {
  /** Milliseconds of the database in a second, at the peak. */
  readonly workMs?: Formula;
  /** Bytes of log in a second, on the average. */
  readonly logBytes?: Formula;
  /** Bytes that lie on the disk, and of which the part that is read again and again lies in memory too. */
  readonly keptBytes?: Formula;
  readonly hours?: Formula;
}

const logMonths = constant(
  "upkeep-log-months",
  "months for which the log of the database is archived",
  0.25,
  "count",
  "general",
  "a week of recovery to any point in time",
  [0.03, 1],
);

const pricesOf = oncePerModel(({ price, hourPrice, quantities: { load } }) => ({
  work: named(
    "upkeep.work",
    "what a millisecond of the database in each second is worth in a month",
    "money",
    databaseWorkPrice({ price }, one, one),
  ),
  log: named(
    "upkeep.log",
    "what a byte of log in each second is worth in a month",
    "money",
    product(quotient(secondsPerMonth, bytesPerGigabyte), logMonths, price("backup")),
  ),
  kept: named(
    "upkeep.kept",
    "what a byte that is kept is worth in a month",
    "money",
    quotient(sum(price("storage"), product(hotShare, hoursPerMonth, price("memory-hour"))), bytesPerGigabyte),
  ),
  hour: hourPrice,
  meanOverPeak: named("load.mean-over-peak", "requests on the average, over those at the peak", "share", quotient(load.mean, load.peak)),
}));

/** What all of it is worth in a month. */
export function upkeepOf(brief: Brief, { workMs, logBytes, keptBytes, hours }: Upkeep): Formula {
  const { work, log, kept, hour } = pricesOf(brief);
  const priced = (amount: Formula | undefined, price: Formula): readonly Formula[] =>
    amount && amount !== zero ? [product(amount, price)] : [];
  return sum(...priced(workMs, work), ...priced(logBytes, log), ...priced(keptBytes, kept), ...priced(hours, hour));
}

/** The mean that belongs to a rate at the peak. */
export const onAverage = (brief: Brief, peak: Formula): Formula => product(peak, pricesOf(brief).meanOverPeak);
