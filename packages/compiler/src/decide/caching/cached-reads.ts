import type { Operation } from "@archwright/model";
import { entriesForHitShare, expiryHitShare } from "../../formulas/cache-laws.ts";
import { call, constant, exact, greatest, least, named, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { given, msPerSecond } from "../../quantities/given.ts";
import { oncePerModel } from "../once-per-model.ts";
import type { Brief } from "../rule.ts";

/** What a cache would have to do with: the queries whose answers may be a little old, and what they ask for. */
export interface CachedReads {
  readonly queries: readonly Operation[];
  /** Of all of them at the peak. */
  readonly perSecond: Formula;
  /** Different answers that they can give together. */
  readonly entries: Formula;
  readonly entryBytes: Formula;
  /** Different answers of one query. */
  readonly entriesOf: (query: string) => Formula;
  readonly staleSecondsOf: (query: string) => Formula;
  /** The hit share that is aimed at: no higher than the staleness that is allowed lets it be. */
  readonly targetHitShare: Formula;
  /** What a cache has to hold for it. */
  readonly bytes: Formula;
  /** The share of hits of a query whose answers are kept for so long, asked so many times a second. */
  readonly expiryOf: (query: string, perSecond: Formula, seconds: Formula) => Formula;
  /** The same where they are kept as long as they may be. */
  readonly expiryHitShareOf: (query: string, perSecond: Formula) => Formula;
}

/** How uneven the popularity of things is. */
export const popularity = constant(
  "cache-popularity",
  "exponent of Zipf's law for what is read",
  0.8,
  "count",
  "general",
  "catalogue of decisions, 19: default until it is measured from a log",
  [0.6, 1.1],
);
const hitShareGoal = constant(
  "cache-hit-goal",
  "hit share beyond which a larger cache is worth little",
  0.8,
  "share",
  "general",
  "usual goal of a cache before a database",
  [0.5, 0.95],
);
const entryOverhead = constant(
  "cache-entry-overhead",
  "bytes that a cache adds to an entry",
  100,
  "bytes",
  "general",
  "key, expiry and pointers in Redis",
  [60, 200],
);

export const cachedReadsOf = oncePerModel(newCachedReads);

/** The queries whose answers come from rows and may be older than these. */
export function staleQueries({ facts, model }: Brief): readonly Operation[] {
  return model.operations.filter(
    (operation) => operation.kind === "query" && (operation.staleMs ?? 0) > 0 && entitiesReadBy(operation, facts.items).length > 0,
  );
}

function newCachedReads(brief: Brief): CachedReads {
  const { model, quantities } = brief;
  const { load, work } = quantities;
  const queries = staleQueries(brief);
  const byId = new Map(queries.map((query) => [query.id, query]));
  const entriesById = new Map(queries.map((query) => [query.id, answersOf(query, brief)]));
  const entriesOfId = (id: string): Formula => entriesById.get(id) ?? zero;
  const staleSecondsOf = (id: string): Formula =>
    quotient(
      given(`${id}.stale`, `how old an answer of ${byId.get(id)?.name ?? id} may be`, "ms", byId.get(id)?.staleMs ?? 0, id),
      msPerSecond,
    );
  const perSecond = named(
    "cache.reads",
    "reads whose answers may be a little old, at the peak",
    "/s",
    sum(...queries.map(({ id }) => load.peakOf(id))),
  );
  const expiryOf = (id: string, rate: Formula, seconds: Formula): Formula =>
    call(expiryHitShare, rate, seconds, entriesOfId(id), popularity);
  const expiryHitShareOf = (id: string, rate: Formula): Formula => expiryOf(id, rate, staleSecondsOf(id));
  const entries = named("cache.entries", "different answers that may be kept", "count", sum(...queries.map(({ id }) => entriesOfId(id))));
  const entryBytes = named(
    "cache.entry-bytes",
    "bytes of a kept answer",
    "bytes",
    sum(quotient(sum(...queries.map(({ id }) => product(entriesOfId(id), work.responseBytesOf(id)))), entries), entryOverhead),
  );
  const reachable = quotient(sum(...queries.map(({ id }) => product(load.peakOf(id), expiryHitShareOf(id, load.peakOf(id))))), perSecond);
  const targetHitShare = named(
    "cache.hit-goal",
    `hit share that a cache of ${model.name} is to reach`,
    "share",
    least(hitShareGoal, reachable),
  );
  const bytes = named(
    "cache.bytes",
    "bytes that a cache needs for that hit share",
    "bytes",
    product(call(entriesForHitShare, targetHitShare, entries, popularity), entryBytes),
  );
  return {
    queries,
    perSecond,
    entries,
    entryBytes,
    entriesOf: entriesOfId,
    staleSecondsOf,
    targetHitShare,
    bytes,
    expiryOf,
    expiryHitShareOf,
  };
}

/** One answer for each row that the input names or words can find; where nothing need be said, one for each caller, or one for all. */
function answersOf(query: Operation, { facts, quantities: { volume } }: Brief): Formula {
  const rows = (entity: string): Formula => greatest(exact(1), volume.rowsAtHorizonOf(entity));
  const needed = query.input.filter(({ optional, default: given }) => optional !== true && given === undefined);
  const pointed = needed.flatMap((field) => (field.kind === "ref" && facts.items.entities.has(field.entity) ? [field.entity] : []));
  const actors = query.allow.kind === "roles" ? query.allow.roles.flatMap((name) => facts.items.roles.get(name)?.actor ?? []) : [];
  const found = needed.length > 0 ? entitiesReadBy(query, facts.items) : actors;
  const about = [...new Set(pointed.length > 0 ? pointed : found)];
  const words = `different answers of ${query.name}`;
  return named(`${query.id}.answers`, words, "count", about.length > 0 ? sum(...about.map(rows)) : exact(1));
}

/** Of what its answer is made. */
export function entitiesReadBy({ reads, returns }: Operation, { entities }: Brief["facts"]["items"]): readonly string[] {
  const paged = returns.kind === "field" && returns.field.kind === "page" ? [returns.field.entity] : [];
  const returned = returns.kind === "entity" ? [returns.entity] : paged;
  return [...new Set([...reads, ...returned])].filter((id) => entities.has(id));
}
