import { constant, difference, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { pointReadMs } from "../../quantities/run.ts";
import { databaseUse } from "../database-core-price.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { largestSize } from "./database-sizes.ts";
import { fannedOut, ratesOf } from "./fan-out-rates.ts";
import { followGraphs, type FollowGraph } from "./follow-graph.ts";
import { writeShareMax } from "./postgres-limits.ts";

const general = (
  id: string,
  words: string,
  value: number,
  unit: "bytes" | "rows" | "share" | "count",
  source: string,
  range: readonly [number, number],
): Formula => constant(`fan-out-${id}`, words, value, unit, "general", source, range);
const entriesPerSecond = constant(
  "fan-out-entries",
  "rows with two indexes that one database takes in a second, many at a time",
  156_000,
  "/s",
  "measured",
  "reliability study 2.1: bulk inserts, two cores",
);
const entryBytes = general(
  "entry-bytes",
  "bytes of a row that is written ahead, with its indexes",
  180,
  "bytes",
  "three ids and a time",
  [100, 300],
);
const listLength = general("list", "rows that are kept ahead for each reader", 500, "rows", "nobody scrolls further", [100, 2_000]);
const lookupMs = constant(
  "fan-out-lookup",
  "work of the database for the latest of one who is followed",
  0.06,
  "ms",
  "general",
  "a point read, and some rows in order; to be measured",
  [0.034, 0.3],
);
const celebrated = general(
  "celebrated",
  "share of all followings that goes to the few whom very many follow",
  0.3,
  "share",
  "to be measured",
  [0.05, 0.7],
);
const eager = general("eager", "how many one reader in a hundred follows, over the average", 10, "count", "to be measured", [3, 50]);
const hoursFor = monthlyHours("fan-out");
/** Rows that one database takes in a second, and leaves room for everything else. */
const ceiling = product(entriesPerSecond, writeShareMax);
const aheadHours = hoursFor("ahead-hours", "lists that are written ahead, and those of who stops following", 4, [1, 16]);
const hybridHours = hoursFor("hybrid-hours", "both ways, and who belongs to which", 10, [3, 40]);

/** Of each graph of followers that has a feed. */
export const fanOut: DecisionRule = {
  id: "fan-out",
  area: "storage",
  question: "Is a feed written ahead, or gathered when it is read?",
  evidence: "measured",
  sources: ["reliability study 2.1: bulk inserts and point reads", "catalogue of decisions, 23: share of what a primary can write"],
  propose: (brief) =>
    followGraphs(brief.facts).map((graph) => ({
      about: graph.edge.id,
      question: `Is ${graph.feed.name} written ahead for each follower, or gathered when it is read?`,
      options: optionsOf(brief, graph),
    })),
};

function optionsOf(brief: Brief, graph: FollowGraph): readonly OptionRule[] {
  const { post, feed, actor } = graph;
  const { posts, reads, readers, followers, most, lateMs } = ratesOf(brief, graph);
  const usual = difference(one, celebrated);
  const copies = product(posts, followers);
  const lists = product(readers, listLength, entryBytes);
  const reaches = needAtMost(
    product(quotient(most, ceiling), msPerSecond),
    lateMs,
    `a ${post.name} of the ${actor.name} with most followers would reach the last of them too late`,
  );
  const written = (rows: Formula): Need =>
    needAtMost(rows, ceiling, `every ${post.name} is written once for each follower, and one primary takes no more`);
  const looked = product(followers, celebrated);
  const gatherMs = product(followers, lookupMs);
  const hybridMs = sum(pointReadMs, product(looked, lookupMs));
  return [
    {
      id: "on-write",
      title: "lists written ahead for each follower",
      needs: [written(copies), reaches],
      ...fannedOut(brief, {
        writes: sum(posts, copies),
        readMs: product(reads, pointReadMs),
        latencyMs: pointReadMs,
        bytes: lists,
        hours: aheadHours,
      }),
      because: `${feed.name} reads one list that is there already.`,
      consequence: `A ${post.name} is written as often as it has followers, read or not.`,
    },
    {
      id: "on-read",
      title: "lists gathered on each read",
      needs: gatheringNeeds(brief, graph, reads, followers),
      ...fannedOut(brief, { writes: posts, readMs: product(reads, gatherMs), latencyMs: gatherMs, bytes: zero, hours: zero }),
      because: `A ${post.name} is written once, and is in every ${feed.name} at once.`,
      consequence: `${feed.name} costs the more, the more others somebody follows.`,
    },
    {
      id: "hybrid",
      title: "lists written ahead, but for the posts of those whom very many follow",
      needs: [written(product(copies, usual)), ...gatheringNeeds(brief, graph, reads, looked)],
      ...fannedOut(brief, {
        writes: sum(posts, product(copies, usual)),
        readMs: product(reads, hybridMs),
        latencyMs: hybridMs,
        bytes: product(lists, usual),
        hours: hybridHours,
      }),
      because: `The few whom very many follow would fill every list, and are looked up when ${feed.name} is read.`,
      consequence: "There are two ways into every list, and now and then somebody changes from one to the other.",
    },
  ];
}

/** @param lookups Of those who are followed, for one read. */
function gatheringNeeds({ quantities }: Brief, { feed }: FollowGraph, reads: Formula, lookups: Formula): readonly Need[] {
  const promised = quantities.promises.promisedP99Of(feed.id);
  return [
    needAtMost(
      quotient(product(reads, lookups, lookupMs), msPerSecond),
      product(largestSize.cores, databaseUse),
      `every ${feed.name} looks up all who are followed, and no primary has so many cores`,
    ),
    ...(promised
      ? [needAtMost(product(lookups, eager, lookupMs), promised, `who follows many would wait longer than ${feed.name} promises`)]
      : []),
  ];
}
