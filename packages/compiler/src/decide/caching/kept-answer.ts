import type { Operation } from "@archwright/model";
import { mostPopularShare } from "../../formulas/cache-laws.ts";
import { call, constant, difference, least, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { hoursPerMonth, msPerSecond, whether } from "../../quantities/given.ts";
import { databaseUse, databaseWorkPrice } from "../database-core-price.ts";
import { needAtMost, needThat, type Brief, type Need, type OptionRule } from "../rule.ts";
import { eventDelayOf } from "../structure/event-delay.ts";
import { cachedReadsOf, entitiesReadBy, popularity } from "./cached-reads.ts";

const jitter = constant(
  "cache-expiry-jitter",
  "part of its time by which an entry may expire earlier",
  0.1,
  "share",
  "sourced",
  "catalogue of decisions, 20",
);
const askMs = constant(
  "cache-expiry-ask",
  "work of the application to ask a cache and keep an answer",
  0.05,
  "ms",
  "general",
  "key, serializer, a socket; to be measured",
  [0.01, 0.3],
);

export const staleMsOf = (id: string, brief: Brief): Formula => product(cachedReadsOf(brief).staleSecondsOf(id), msPerSecond);

export interface Keeping extends Pick<OptionRule, "id" | "title" | "because" | "consequence" | "hoursPerMonth"> {
  readonly seconds: Formula;
  readonly needs: readonly Need[];
}

/** An option with the hits that it brings, and with what the reads cost then. */
export function keptOption({ id }: Operation, brief: Brief, { seconds, ...option }: Keeping): OptionRule {
  const { load, work, promises } = brief.quantities;
  const { entriesOf, expiryOf } = cachedReadsOf(brief);
  const peak = load.peakOf(id);
  const hits = expiryOf(id, peak, seconds);
  const asking =
    option.id === "none"
      ? zero
      : product(quotient(product(peak, askMs), product(msPerSecond, databaseUse)), brief.price("vcpu-hour"), hoursPerMonth);
  const workCost = sum(databaseWorkPrice(brief, product(peak, difference(one, hits)), work.databaseMsOf(id)), asking);
  const hours = option.hoursPerMonth ?? zero;
  const herd = product(peak, call(mostPopularShare, entriesOf(id), popularity), quotient(promises.p99Of(id), msPerSecond));
  return {
    ...option,
    hoursPerMonth: hours,
    figures: [
      { id: "seconds", words: "how long an answer is kept", unit: "s", formula: seconds },
      {
        id: "jitter",
        words: "by how much an entry may expire earlier, so that not all do at once",
        unit: "s",
        formula: product(seconds, jitter),
      },
      { id: "hit-share", words: "share of the requests that find a kept answer", unit: "share", formula: hits },
      {
        id: "herd",
        words: "requests that would fetch the most popular answer at once, were they not to wait for the first",
        unit: "count",
        formula: herd,
      },
      { id: "work-cost", words: "what these reads cost in a month", unit: "money", formula: workCost },
    ],
    score: sum(workCost, product(hours, brief.hourPrice)),
  };
}

/** The time between two changes of a row, by the writes of the busiest hour. */
export function lifetimeOf(query: Operation, { facts, quantities: { volume, work } }: Brief): Formula {
  const entities = entitiesReadBy(query, facts.items);
  return least(...entities.map((entity) => quotient(volume.rowsAtHorizonOf(entity), work.writesTo(entity))));
}

/** What must be so for an event to say which answer is out of date. */
export function invalidationNeeds(query: Operation, brief: Brief): readonly Need[] {
  const { facts } = brief;
  const { items, useOf } = facts;
  const writers = entitiesReadBy(query, items).flatMap((entity) => useOf(entity).writers);
  const say = writers.length > 0 && writers.every((id) => ((items.operations.get(id) ?? items.jobs.get(id))?.emits.length ?? 0) > 0);
  return [
    needThat(
      whether(`${query.id}.writers-say`, `every write of what ${query.name} reads emits an event`, say, query.id),
      "a change that nobody tells of leaves the old answer for good",
    ),
    needThat(
      whether(`${query.id}.is-one-row`, `${query.name} answers with one row`, query.returns.kind === "entity", query.id),
      "an event tells of a row, and not of the pages on which it stands",
    ),
    needAtMost(eventDelayOf(brief), staleMsOf(query.id, brief), "the event has to arrive before the answer is too old"),
  ];
}
