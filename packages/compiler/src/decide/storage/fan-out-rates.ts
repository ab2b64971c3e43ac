import { constant, greatest, least, named, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { assumed, given, msPerSecond } from "../../quantities/given.ts";
import { staleness } from "../../quantities/lateness.ts";
import { bulkRowMs } from "../../quantities/run.ts";
import type { Brief, OptionRule } from "../rule.ts";
import type { FollowGraph } from "./follow-graph.ts";
import { upkeepOf } from "./upkeep.ts";

const lateMax = constant(
  "fan-out-late",
  "time until all must see what was posted, where the model does not say",
  60_000,
  "ms",
  "general",
  "nobody waits by the minute",
  [5_000, 600_000],
);

export interface FanOutRates {
  /** A second, at the peak. */
  readonly posts: Formula;
  readonly reads: Formula;
  /** Those for whom lists would be kept ahead. */
  readonly readers: Formula;
  /** Of an actor on the average, who follows as many. */
  readonly followers: Formula;
  /** Of the one who has most. */
  readonly most: Formula;
  readonly lateMs: Formula;
}

export function ratesOf({ quantities, model }: Brief, { edge, actor, feed, posters }: FollowGraph): FanOutRates {
  const { load, volume } = quantities;
  const { users } = model.requirements;
  const rows = volume.rowsAtHorizonOf(actor.id);
  const mean = edge.expected
    ? quotient(volume.rowsOf(edge.id), greatest(one, volume.rowsOf(actor.id)))
    : assumed({
        id: `${edge.id}.mean`,
        words: `how many a ${actor.name} follows`,
        unit: "people",
        value: 30,
        range: [5, 500],
        ask: `How many others does an average ${actor.name} follow?`,
        because: `the model states no rows of ${edge.name}`,
      });
  return {
    posts: sum(...posters.map((id) => load.peakOf(id))),
    reads: load.peakOf(feed.id),
    readers: users === undefined ? rows : least(rows, given("users", "people who use it in a month", "people", users, model.name)),
    followers: named(`${edge.id}.followers`, `followers of an average ${actor.name}`, "people", mean),
    most:
      volume.mostOf(edge.id) ??
      assumed({
        id: `${edge.id}.most`,
        words: `followers of the ${actor.name} who has most`,
        unit: "people",
        value: 100_000,
        range: [1_000, 100_000_000],
        ask: `How many followers does the most popular ${actor.name} have?`,
        because: `the model does not say how many rows of ${edge.name} one can have`,
      }),
    lateMs: feed.staleMs === undefined ? lateMax : staleness(feed),
  };
}

export interface FanOutWork {
  /** Rows a second at the peak. */
  readonly writes: Formula;
  /** Milliseconds of the database in a second. */
  readonly readMs: Formula;
  readonly latencyMs: Formula;
  readonly bytes: Formula;
  readonly hours: Formula;
}

export function fannedOut(brief: Brief, { writes, readMs, latencyMs, bytes, hours }: FanOutWork): Partial<OptionRule> {
  const busy = sum(readMs, product(writes, bulkRowMs));
  return {
    hoursPerMonth: hours,
    latencyMs,
    figures: [
      { id: "writes", words: "rows written in a second at the peak", unit: "/s", formula: writes },
      { id: "cores", words: "cores of the database that are busy at the peak", unit: "cores", formula: quotient(busy, msPerSecond) },
      { id: "bytes", words: "bytes of lists that are written ahead", unit: "bytes", formula: bytes },
    ],
    score: upkeepOf(brief, { workMs: busy, keptBytes: bytes, hours }),
  };
}
