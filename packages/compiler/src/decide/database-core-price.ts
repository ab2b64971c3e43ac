import { constant, product, quotient, type Formula } from "../formulas/formula.ts";
import { hoursPerMonth, msPerSecond } from "../quantities/given.ts";
import type { Brief } from "./rule.ts";

/** Cores of a database that are busy at the peak must leave the others free for what comes at once. */
export const databaseUse = constant(
  "database-use",
  "share of the cores of a database that may be busy at the peak",
  0.7,
  "share",
  "sourced",
  "catalogue of decisions, 1 and 18",
);

const coresOfLarge = constant(
  "database-core-price-cores",
  "processors of the database that a core's price is reckoned from",
  2,
  "cores",
  "sourced",
  "Amazon EC2, class r6g: two of size large",
);

/**
 * Money in a month for one core of a database, by a size from the middle of the ladder. It does not ask which size is chosen, since that
 * choice builds upon the decisions that ask here.
 */
export const databaseCorePrice = ({ price }: Pick<Brief, "price">): Formula =>
  quotient(product(price("postgres-large"), hoursPerMonth), coresOfLarge);

/** What it costs in a month that the database does work of so many ms so many times a second at the peak. */
export const databaseWorkPrice = (brief: Pick<Brief, "price">, perSecond: Formula, ms: Formula): Formula =>
  product(quotient(product(perSecond, ms), product(msPerSecond, databaseUse)), databaseCorePrice(brief));
