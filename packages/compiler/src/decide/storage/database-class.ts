import { atMost, constant, one, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import type { ContextData } from "../../quantities/contexts.ts";
import { databaseCorePrice, databaseUse } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtLeast, needAtMost, type BillLine, type Brief, type DecisionRule, type OptionFigure, type OptionRule } from "../rule.ts";
import { keptRowsOf, type KeptRows } from "./kept-rows.ts";
import { documentNodes, keyValueCalls, keyValueStorage, seriesNodes, seriesStorage } from "./other-databases.ts";
import { copiesOf, primariesAskedFor, shardHours, storageCost } from "./postgres-limits.ts";

const hoursOf = monthlyHours("database-class", "a further system with state");
const tripOf = (id: string, words: string, value: number, range: readonly [number, number]): Formula =>
  constant(`database-class-${id}`, `a request to ${words} and back`, value, "ms", "general", "within a zone; to be measured", range);
const appendedMin = constant(
  "database-class-appended",
  "share of what is written that must be rows with a time which are never changed",
  0.8,
  "share",
  "general",
  "the rest is kept as in any PostgreSQL",
  [0.5, 0.95],
);
const documentHours = hoursOf("document-hours", "a document database", 8, [4, 20]);
const keyValueHours = hoursOf("key-value-hours", "a key-value service", 3, [1, 8]);
const seriesHours = hoursOf("series-hours", "a time series database", 6, [3, 16]);
const postgresTrip = tripOf("postgres-trip", "PostgreSQL", 0.5, [0.2, 1]);
const documentTrip = tripOf("document-trip", "a document database", 1, [0.5, 3]);
const keyValueTrip = tripOf("key-value-trip", "a key-value service", 5, [2, 10]);

/** By what a context writes and how its rows are held together. PostgreSQL can hold everything; the others are cheaper for some of it. */
export const databaseClass: DecisionRule = {
  id: "database-class",
  area: "storage",
  question: "What kind of database keeps the data?",
  evidence: "general",
  sources: ["reliability study 2.1: what PostgreSQL writes", "OpenAI: loads heavy with writes moved off one unsharded primary"],
  propose: (brief) => {
    const rowsOf = keptRowsOf(brief);
    return brief.model.contexts.flatMap(({ name }) => {
      const rows = rowsOf(name);
      if (rows.entities.length === 0) return [];
      return [{ about: name, question: `What kind of database keeps the data of ${name}?`, options: optionsOf(brief, name, rows) }];
    });
  },
};

function optionsOf(brief: Brief, context: string, rows: KeptRows): readonly OptionRule[] {
  const data = brief.quantities.dataOf(context);
  const few = fewOf(rows.entities.map(({ name }) => name));
  const noRules = needAtMost(rows.rules, zero, `${context} relies on rules over its rows that the database would not keep`);
  const appending = needAtLeast(
    quotient(rows.appended, data.rowsWritten),
    appendedMin,
    `what ${context} writes is changed again, or has no time to be ordered by`,
  );
  return [
    postgresql(brief, context, few, data),
    elsewhere(brief, {
      id: "document",
      title: "a document database",
      needs: [noRules],
      bill: [documentNodes(brief, data)],
      hoursPerMonth: documentHours,
      latencyMs: documentTrip,
      because: `Each of ${few} is written and read as a whole, and nodes can be added as writes grow.`,
      consequence: "References between documents are nobody's duty but the code's, and a second system has to be restored in step.",
    }),
    elsewhere(brief, {
      id: "key-value",
      title: "a key-value service",
      needs: [noRules, needAtMost(rows.searches, zero, `${context} finds rows by other things than their id`)],
      bill: [keyValueCalls(brief, data), keyValueStorage(brief, data)],
      hoursPerMonth: keyValueHours,
      latencyMs: keyValueTrip,
      because: `${few} are found by their id alone, and nothing is paid while nobody asks.`,
      consequence: "Whoever later wants to find them by anything else has to copy them somewhere else first.",
    }),
    elsewhere(brief, {
      id: "time-series",
      title: "a time series database",
      needs: [appending],
      bill: [seriesNodes(brief, data), seriesStorage(brief, data)],
      hoursPerMonth: seriesHours,
      latencyMs: postgresTrip,
      because: `${few} come with a time and are not changed afterwards, so that old ones can be packed and dropped by the day.`,
      consequence: "A row that was packed is slow to correct, and reports that join it with other contexts cross two systems.",
    }),
  ];
}

/** Its instances are on the bill of the database: here they only count. */
function postgresql(brief: Brief, context: string, few: string, data: ContextData): OptionRule {
  const { hourPrice, quantities } = brief;
  const busy = quotient(sum(data.readCores, data.writeCores), databaseUse);
  const money = product(copiesOf(brief), sum(product(busy, databaseCorePrice(brief)), storageCost(brief, data.bytes)));
  const shards = when(atMost(primariesAskedFor(data, quantities), one), zero, shardHours);
  return {
    id: "postgresql",
    title: "PostgreSQL, with the rest",
    bill: [],
    hoursPerMonth: zero,
    latencyMs: postgresTrip,
    figures: figuresOf(money, shards),
    score: sum(money, product(shards, hourPrice)),
    because: `What ${context} writes of ${few} commits together with its events, under the same rules and in the same backup.`,
    consequence: `The writes of ${context} share one primary with everybody else's until it has to be split.`,
  };
}

type Elsewhere = Omit<OptionRule, "bill" | "hoursPerMonth"> & { readonly bill: readonly BillLine[]; readonly hoursPerMonth: Formula };

function elsewhere({ hourPrice }: Brief, option: Elsewhere): OptionRule {
  const money = sum(...option.bill.map(({ cost }) => cost));
  return {
    ...option,
    figures: figuresOf(money, option.hoursPerMonth),
    score: sum(money, product(option.hoursPerMonth, hourPrice)),
  };
}

/** In contrast to its bill and its hours, what the choice means whoever is charged with it. */
const figuresOf = (money: Formula, hours: Formula): readonly OptionFigure[] => [
  { id: "money", words: "money in a month for these data, whoever bills it", unit: "money", formula: money },
  { id: "upkeep", words: "hours in a month for these data, whoever counts them", unit: "hours", formula: hours },
];
