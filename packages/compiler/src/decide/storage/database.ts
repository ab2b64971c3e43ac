import { constant, greatest, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { hotBytesMax, onDisk, shardHours, volumeBytes, writeShareMax, writeUseOf } from "./postgres-limits.ts";
import { largestSize } from "./database-sizes.ts";
import { coresBorne, diskReadsOfOne, marginOf, replicasFor, shardsFor, shardSkew } from "./postgres-instances.ts";
import { laidOut } from "./postgres-layout.ts";
import { postgresLoad, type PostgresLoad } from "./postgres-load.ts";

const oneHours = constant(
  "database-one-hours",
  "hours in a month for a managed primary",
  2,
  "hours",
  "general",
  "upgrades, slow queries, alarms",
  [0.5, 6],
);
const replicaHours = constant(
  "database-replica-hours",
  "hours in a month that read replicas add",
  3,
  "hours",
  "general",
  "late reads to explain, and which query may go there",
  [1, 10],
);
const routerMs = constant("database-router", "what finding the shard of a row adds", 1, "ms", "general", "a proxy in between", [0.3, 3]);
/** Catalogue of decisions, 21 and 23. */
export const database: DecisionRule = {
  id: "database",
  area: "storage",
  question: "How many primaries hold the data, and who answers reads?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 21 (read replica) and 23 (shard)",
    "OpenAI: one primary and about 50 replicas answer millions of queries a second, unsharded",
  ],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model } = brief;
  const load = postgresLoad(brief);
  const { freshReadCores, lateReadCores, readCores, writeCores, peakCores } = load;
  const margin = marginOf(brief);
  const kept = writingNeeds(brief, load);
  const replicas = replicasFor(load, margin);
  const onPrimary = sum(freshReadCores, writeCores);
  const shards = shardsFor(load, brief, margin);
  const perShard = quotient(shardSkew, shards);
  return [
    {
      ...laidOut(brief, "postgres-1", load, { primaries: one, replicas: zero, busy: peakCores, share: one, hours: oneHours }),
      id: "postgres-1",
      title: "one PostgreSQL",
      needs: [...kept, ...readingNeeds("postgres-1", load, readCores, margin)],
      latencyMs: zero,
      because: `Everything that ${model.name} writes and reads fits one primary, where it commits together and is seen at once.`,
      consequence: "Growth is a larger machine, with a moment's standstill, until the largest one is reached.",
    },
    {
      ...laidOut(brief, "postgres-replicas", load, {
        primaries: one,
        replicas,
        busy: greatest(onPrimary, quotient(lateReadCores, replicas)),
        share: one,
        hours: sum(oneHours, replicaHours),
      }),
      id: "postgres-replicas",
      title: "one PostgreSQL that writes, and replicas that read",
      needs: [...kept, ...readingNeeds("postgres-replicas", load, freshReadCores, margin)],
      latencyMs: zero,
      because: becauseOfReplicas(brief),
      consequence: "A replica lags behind, so that somebody may read what was there before his own change.",
    },
    {
      ...laidOut(brief, "postgres-sharded", load, {
        primaries: shards,
        replicas: zero,
        busy: product(peakCores, perShard),
        share: perShard,
        hours: sum(oneHours, shardHours),
      }),
      id: "postgres-sharded",
      title: "PostgreSQL split over several primaries",
      latencyMs: routerMs,
      because: `Each primary takes a part of what ${model.name} writes, and of what it keeps at hand.`,
      consequence: "No transaction and no join spans two shards, and what has outgrown its shard has to be moved while people use it.",
    },
  ];
}

function writingNeeds({ model, quantities }: Brief, load: PostgresLoad): readonly Need[] {
  return [
    needAtMost(
      named(
        "database.write-use",
        "share of what one primary can write that is asked for at the end of the horizon",
        "share",
        writeUseOf(load, quantities),
      ),
      writeShareMax,
      `what ${model.name} will write leaves one primary too little for vacuum, backups and a bad day`,
    ),
    needAtMost(load.hotBytes, hotBytesMax, "what is read again and again no longer fits beside one primary"),
    needAtMost(
      named("database.on-disk", "volume that the data and room for them take on one primary", "bytes", onDisk(load.bytes)),
      volumeBytes,
      "no volume of a database is larger",
    ),
  ];
}

/** @param reads Cores that are kept busy by the reads which the primary answers itself. */
function readingNeeds(id: string, load: PostgresLoad, reads: Formula, margin: Formula): readonly Need[] {
  const busy = sum(reads, load.writeCores);
  return [
    needAtMost(
      named(`${id}.busy-at-peak`, `cores of the primary that are busy at the peak with ${id}`, "cores", busy),
      coresBorne(margin),
      "no larger machine can be had for the primary, and reads crowd out its writes",
    ),
    needAtMost(
      named(
        `${id}.disk-reads`,
        `reads of the disk in a second at the peak with ${id}`,
        "/s",
        product(diskReadsOfOne(load), quotient(busy, load.peakCores)),
      ),
      largestSize.diskOperations,
      "not even the largest machine has enough of the data at hand, and its disk is not that fast",
    ),
  ];
}

function becauseOfReplicas({ model }: Brief): string {
  const late = model.operations.filter(({ kind, staleMs }) => kind === "query" && staleMs !== undefined).map(({ name }) => name);
  if (late.length === 0) return `No query of ${model.name} says that its answer may be late, so replicas would answer nothing.`;
  return `${fewOf(late)} may answer a little late, and so need not ask the primary.`;
}
