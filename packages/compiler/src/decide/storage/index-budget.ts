import type { Entity } from "@archwright/model";
import { atMost, constant, difference, greatest, least, one, product, quotient, sum, when, zero } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { pageReadMs } from "../../quantities/run.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { indexed } from "./index-cost.ts";
import { indexUseOf, type IndexUse } from "./index-use.ts";

const catalogue = "catalogue of decisions, 24 (indexes)";
const busyWrites = constant(
  "index-budget-busy",
  "rows a second beyond which each index must be worth it",
  1_000,
  "/s",
  "sourced",
  catalogue,
);
const indexesMax = constant("index-budget-most", "indexes of a table that is written so often", 5, "count", "sourced", catalogue);
const scanMs = constant(
  "index-budget-scan",
  "work of the database to look at a row that no index finds",
  0.0001,
  "ms",
  "general",
  "ten million rows a second in memory; to be measured",
  [0.00003, 0.001],
);
const coveredShare = constant(
  "index-budget-covered",
  "share of the work of a page that is left when the index has all that it shows",
  0.4,
  "share",
  "general",
  "no row is fetched; to be measured",
  [0.2, 0.8],
);
const coveredBytes = constant(
  "index-budget-covered-bytes",
  "bytes that an index entry takes for what a page shows",
  60,
  "bytes",
  "general",
  "a few short values",
  [20, 300],
);
const careHours = constant(
  "index-budget-care",
  "hours in a month to look after indexes: which are used, which are wide enough",
  0.1,
  "hours",
  "general",
  "a look at pg_stat_user_indexes now and then",
  [0.05, 0.5],
);

/** Catalogue of decisions, 24: of each entity with indexes that only find rows, as far as there is a choice. */
export const indexBudget: DecisionRule = {
  id: "index-budget",
  area: "storage",
  question: "Which indexes are worth what they cost each write?",
  evidence: "measured",
  sources: [catalogue, "reliability study 2.1: 77 bytes of log for each row and index"],
  propose: (brief) => {
    const useOf = indexUseOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const use = useOf(entity);
      if (brief.facts.useOf(entity.id).writers.length === 0 || !isOpen(use)) return [];
      return [
        {
          about: entity.id,
          question: `Which indexes of ${entity.name} are worth what they cost each write?`,
          options: optionsOf(brief, entity, use),
        },
      ];
    });
  },
};

/** Without pages, without idle indexes, and with no more of them than any table may have, there is nothing to win. */
const isOpen = ({ all, finding, idle, pagers }: IndexUse): boolean =>
  finding.length > 0 && (idle.length > 0 || pagers.length > 0 || all.length > indexesMax.value);

function optionsOf(brief: Brief, entity: Entity, { finding, idle, pagers }: IndexUse): readonly OptionRule[] {
  const { id, name } = entity;
  const { load, volume, work } = brief.quantities;
  const all = volume.indexesOf(id);
  const bound = difference(all, counted(`${id}.index-finding`, `indexes of ${name} that only find rows`, finding.length, id));
  const unused = counted(`${id}.index-idle`, `indexes of ${name} that nothing in the model asks for`, idle.length, id);
  const used = difference(all, unused);
  const most = when(atMost(work.writesTo(id), busyWrites), all, indexesMax);
  const trimmed = greatest(bound, least(used, most));
  const pages = sum(...pagers.map((pager) => load.peakOf(pager)));
  const lost = quotient(difference(used, trimmed), greatest(one, used));
  const scanning = product(work.readsOf(id), lost, scanMs, volume.rowsAtHorizonOf(id));
  const few = needAtMost(all, most, `each row of ${name} that is written changes a page of every index`);
  const what = idle.length === 0 ? "the least used" : fewOf(idle.map(({ fields }) => fields.join(" with ")));
  return [
    {
      id: "keep",
      title: "all indexes that the model has",
      needs: [few],
      ...indexed(brief, entity, { indexes: all, readMs: product(pages, pageReadMs), hours: zero, extra: zero }),
      because: `Every question that the model asks of ${name} finds its rows without reading the others.`,
      consequence: `A row of ${name} that is written costs as many index entries as there are indexes.`,
    },
    {
      id: "trim",
      title: "only the indexes that are asked for",
      ...indexed(brief, entity, { indexes: trimmed, readMs: sum(product(pages, pageReadMs), scanning), hours: careHours, extra: zero }),
      because: `Without ${what} each write of ${name} is cheaper.`,
      consequence: "Whoever asks by a field that has lost its index reads every row.",
    },
    {
      id: "covering",
      title: "all indexes, one of them with what pages show",
      needs: [few],
      ...indexed(brief, entity, { indexes: all, readMs: product(pages, pageReadMs, coveredShare), hours: careHours, extra: coveredBytes }),
      because: `A page of ${name} is answered by the index alone.`,
      consequence: `A changed value that pages show is changed in the index too, and vacuum has to keep up with ${name}.`,
    },
  ];
}
