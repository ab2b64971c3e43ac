import { constant, difference, greatest, one, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte } from "../../quantities/given.ts";

/** What of the data a database has at hand, and what fetching the rest takes. */

const cachedMemory = constant(
  "database-size-cached",
  "share of its memory that a database has for rows",
  0.75,
  "share",
  "general",
  "the rest is for connections, sorting and the system",
  [0.6, 0.85],
);
export const innerPages = constant(
  "database-size-inner-pages",
  "memory for each byte of data, for the upper pages of its indexes and for vacuum",
  0.002,
  "share",
  "general",
  "two fifths are indexes, whose pages hold 200 entries",
  [0.001, 0.01],
);
const neighbours = constant(
  "database-size-neighbours",
  "rows that are wanted, for each read of the disk",
  2,
  "count",
  "general",
  "rows written together lie together; to be measured",
  [1, 20],
);
export const freeOperations = constant(
  "database-size-disk-free",
  "of these the ones that cost nothing",
  3_000,
  "/s",
  "sourced",
  "reliability study 2.3",
);
export const diskMs = constant(
  "database-size-disk-read",
  "a row that lies on the disk",
  1,
  "ms",
  "general",
  "a network volume; to be measured",
  [0.3, 3],
);

/** Of what is read again and again, the bytes that so many GB of memory hold. */
export const atHand = (memoryGigabytes: Formula): Formula => product(memoryGigabytes, bytesPerGigabyte, cachedMemory);

/** The share that they do not hold. */
export const missedShare = (memoryGigabytes: Formula, hotBytes: Formula): Formula =>
  greatest(zero, difference(one, quotient(atHand(memoryGigabytes), hotBytes)));

/** How often the disk is read for so many rows, were none of them at hand. */
export const diskReadsOf = (rowsRead: Formula): Formula => quotient(rowsRead, neighbours);
