import { constant } from "../../formulas/formula.ts";

/** What indexes of words do and take. */

export const waitMax = constant(
  "search-wait",
  "how long a search may take, for 95 of 100",
  100,
  "ms",
  "sourced",
  "catalogue of decisions, 40",
);
export const trigramMs = constant(
  "search-trigram-work",
  "work of a search by trigrams, for a million rows of 40 characters",
  10,
  "ms",
  "general",
  "so that ten million short texts take 100 ms; to be measured",
  [3, 40],
);
export const wordMs = constant(
  "search-word-work",
  "work of a search by words, for a million rows",
  10,
  "ms",
  "sourced",
  "catalogue of decisions, 40: 100 ms for 5 to 10 million",
  [10, 20],
);
export const engineMs = constant(
  "search-engine-trip",
  "a search of an engine",
  15,
  "ms",
  "general",
  "a trip, and its inverted index",
  [5, 60],
);
export const engineLag = constant(
  "search-engine-lag",
  "until an engine finds what was written",
  1_000,
  "ms",
  "general",
  "default refresh of Elasticsearch",
  [200, 30_000],
);
export const nodeBytes = constant(
  "search-node-bytes",
  "index that a node of an engine with 4 GB serves",
  50e9,
  "bytes",
  "general",
  "to be measured",
  [20e9, 200e9],
);
export const trigramBytes = constant(
  "search-trigram-bytes",
  "bytes of an index of trigrams, for a character",
  3,
  "bytes",
  "general",
  "an entry for each",
  [2, 6],
);
export const wordBytes = constant(
  "search-word-bytes",
  "bytes of an index of words, for a character",
  0.8,
  "bytes",
  "general",
  "an entry for each word",
  [0.4, 1.5],
);
export const shortText = constant("search-short", "characters of a short text", 40, "count", "general", "a name or a title");
export const wordHours = constant(
  "search-word-hours",
  "hours in a month for an index of words",
  0.5,
  "hours",
  "general",
  "a dictionary for each language",
  [0.2, 2],
);
export const engineHours = constant(
  "search-engine-hours",
  "hours in a month for an engine",
  6,
  "hours",
  "general",
  "upgrades, filling it anew, finding drift",
  [3, 20],
);
