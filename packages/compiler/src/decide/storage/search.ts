import { partsOf, type Entity, type Expression, type Field } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";
import { ceiling, exact, greatest, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, perMillion } from "../../quantities/given.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { copiesOf, storageCost } from "./postgres-limits.ts";
import {
  engineHours,
  engineLag,
  engineMs,
  nodeBytes,
  shortText,
  trigramBytes,
  trigramMs,
  waitMax,
  wordBytes,
  wordHours,
  wordMs,
} from "./search-indexes.ts";

/** Catalogue of decisions, 40. */
export const search: DecisionRule = {
  id: "search",
  area: "storage",
  question: "What finds rows by their words?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 40 (search)"],
  propose: (brief) => {
    const searchesOf = searchLoads(brief);
    return brief.model.entities.flatMap((entity) => {
      const fields = entity.fields.filter(({ search: isSearched }) => isSearched === true);
      if (fields.length === 0) return [];
      const searches = named(`${entity.id}.searches`, `searches for ${entity.name} at the peak`, "/s", searchesOf(entity.id));
      return [
        { about: entity.id, question: `What finds ${entity.name} by its words?`, options: optionsOf(brief, entity, fields, searches) },
      ];
    });
  },
};

function searchLoads({ facts, quantities }: Brief): (entity: string) => Formula {
  const searching = facts.selections.filter(({ condition, by }) => condition && searches(condition) && facts.items.operations.has(by));
  const byEntity = groupsOf(searching, ({ entity }) => entity);
  return (entity) => sum(...(byEntity.get(entity) ?? []).map(({ by }) => quantities.load.peakOf(by)));
}

const searches = (condition: Expression): boolean => condition.kind === "matches" || partsOf(condition).some(searches);

function optionsOf(brief: Brief, entity: Entity, fields: readonly Field[], perSecond: Formula): readonly OptionRule[] {
  const { volume } = brief.quantities;
  const rows = volume.rowsAtHorizonOf(entity.id);
  const characters = counted(`${entity.id}.searched`, `characters of ${entity.name} that are searched`, charactersOf(fields), entity.id);
  const millions = quotient(rows, perMillion);
  const text = product(rows, characters);
  const words = fewOf(fields.map(({ name }) => name));
  const parts = ceiling(quotient(product(text, wordBytes), nodeBytes));
  return [
    inDatabase(brief, perSecond, {
      id: "trigram",
      title: "an index of trigrams in PostgreSQL",
      work: product(millions, quotient(characters, shortText), trigramMs),
      bytes: product(text, trigramBytes),
      hours: zero,
      because: `${words} of ${entity.name} can be found by any part of a word, and misspelt ones too, in the transaction that wrote them.`,
      consequence: "Each character is an entry of the index, so that long texts make it large and slow.",
    }),
    inDatabase(brief, perSecond, {
      id: "full-text",
      title: "an index of words in PostgreSQL",
      work: product(millions, wordMs),
      bytes: product(text, wordBytes),
      hours: wordHours,
      because: `${words} of ${entity.name} can be found by whole words and their stems.`,
      consequence: "Parts of words and misspelt ones are not found, and each language needs its dictionary.",
    }),
    {
      id: "engine",
      title: "a search engine",
      bill: [
        {
          component: "search",
          words: `nodes of a search engine for ${entity.name}`,
          cost: product(exact(2), greatest(one, parts), brief.price("search-node")),
        },
      ],
      hoursPerMonth: engineHours,
      latencyMs: engineMs,
      figures: [
        { id: "behind", words: "until it finds what was written", unit: "ms", formula: engineLag },
        { id: "index", words: "bytes of the index", unit: "bytes", formula: product(text, wordBytes) },
        {
          id: "money",
          words: "money in a month, whoever bills it",
          unit: "money",
          formula: product(exact(2), greatest(one, parts), brief.price("search-node")),
        },
      ],
      because: `It ranks ${entity.name}, counts by groups and bears misspelling at any number of rows.`,
      consequence: "Every change has to reach it too, and when it has drifted it is filled anew from the database.",
    },
  ];
}

interface Index {
  readonly id: string;
  readonly title: string;
  /** Milliseconds of a search. */
  readonly work: Formula;
  readonly bytes: Formula;
  readonly hours: Formula;
  readonly because: string;
  readonly consequence: string;
}

/** Its work and its bytes are on the bill of the database: here they only count. */
function inDatabase(brief: Brief, perSecond: Formula, { work, bytes, hours, ...option }: Index): OptionRule {
  const money = product(copiesOf(brief), sum(databaseWorkPrice(brief, perSecond, work), storageCost(brief, bytes)));
  return {
    ...option,
    needs: [needAtMost(work, waitMax, "people who search wait that long for each letter they type")],
    bill: [],
    hoursPerMonth: hours,
    latencyMs: work,
    figures: [
      { id: "behind", words: "until it finds what was written", unit: "ms", formula: zero },
      { id: "index", words: "bytes of the index", unit: "bytes", formula: bytes },
      { id: "money", words: "money in a month, whoever bills it", unit: "money", formula: money },
    ],
    score: sum(money, product(hours, brief.hourPrice)),
  };
}

/** A text is taken to be a third of its limit, and 40 characters at least, as where rows are measured. */
const charactersOf = (fields: readonly Field[]): number =>
  fields.reduce((total, { max }) => total + Math.max(40, typeof max === "number" ? max / 3 : 120), 0);
