import type { Entity } from "@archwright/model";
import { constant, product, quotient, sum, zero } from "../../formulas/formula.ts";
import { counted, whether } from "../../quantities/given.ts";
import { bytesOfField, ownedRows } from "../../quantities/row-size.ts";
import { pointReadMs } from "../../quantities/run.ts";
import { needThatNot, type Brief, type DecisionRule, type Proposal } from "../rule.ts";
import { keptSo } from "./kept-value-cost.ts";
import { keptValuesOf, type Copy, type Total } from "./kept-values.ts";
import { itemReadMs, listProposal } from "./owned-list.ts";

const checkMs = constant(
  "normalization-check",
  "work of the database to keep a reckoned value with each write, and to check it",
  0.004,
  "ms",
  "general",
  "a check constraint over some values; to be measured",
  [0.001, 0.02],
);
const reckonMs = constant(
  "normalization-reckon",
  "work of the database to reckon a value from others of the same row",
  0.001,
  "ms",
  "general",
  "an expression over some columns; to be measured",
  [0.0002, 0.005],
);

const repeatHours = constant(
  "normalization-repeat",
  "hours in a month for a value that every query and every report has to reckon alike",
  0.1,
  "hours",
  "general",
  "to be calibrated by the team",
  [0.02, 0.5],
);

/**
 * Of each list that rows own, of each value that follows from others, and of each that is copied from another entity as it is: by how often it
 * is read, and how often written.
 */
export const normalization: DecisionRule = {
  id: "normalization",
  area: "storage",
  question: "Is a value kept once, or also where it is read?",
  evidence: "general",
  sources: ["reliability study 2.1: point reads and row writes", "PostgreSQL documentation: TOAST"],
  propose: (brief) => {
    const keptOf = keptValuesOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const { lists, totals, copies } = keptOf(entity);
      return [
        ...lists.map((list) => listProposal(brief, entity, list)),
        ...totals.map((total) => totalProposal(brief, entity, total)),
        ...copies.map((copy) => copyProposal(brief, entity, copy)),
      ];
    });
  },
};

/** Reckoned at each read, or kept as a column of which an invariant says what it must be. */
function totalProposal(brief: Brief, entity: Entity, { field, over, isSearched }: Total): Proposal {
  const path = `${entity.id}.${field.name}`;
  const bytes = counted(`${path}.kept-bytes`, `bytes of ${field.name}`, bytesOfField(field), path, "bytes");
  const searched = whether(`${path}.kept-searched`, `rows are found or put in order by ${field.name}`, isSearched, path);
  const reckoning = over === undefined ? reckonMs : sum(pointReadMs, product(ownedRows, itemReadMs));
  const others = over === undefined ? "other columns" : over;
  return {
    about: path,
    question: `Is ${field.name} of ${entity.name} kept, or reckoned from ${others} at each read?`,
    options: [
      {
        id: "normalized",
        title: `${field.name} reckoned at each read`,
        needs: [needThatNot(searched, `no index finds rows of ${entity.name} by a value that is not kept`)],
        ...keptSo(brief, entity, { readMs: reckoning, writeMs: zero, bytes: zero, hours: repeatHours }),
        because: `What is not kept cannot contradict ${others}.`,
        consequence: `Every read of ${entity.name} pays for the reckoning, and a changed rule changes the past.`,
      },
      {
        id: "derived-column",
        title: `a column for ${field.name}`,
        ...keptSo(brief, entity, { readMs: zero, writeMs: checkMs, bytes }),
        because: `${entity.name} is reckoned once, when it is written, and can be found and sorted by ${field.name}.`,
        consequence: `Every writer of ${others} has to keep ${field.name} in step, or the check refuses the row.`,
      },
    ],
  };
}

/** Joined at each read, or copied: as it was then, or kept in step by whoever hears of a change. */
function copyProposal(brief: Brief, entity: Entity, { field, from, source, isSnapshot, followers }: Copy): Proposal {
  const { load, volume } = brief.quantities;
  const path = `${entity.id}.${field.name}`;
  const bytes = counted(`${path}.kept-bytes`, `bytes of ${field.name}`, bytesOfField(field), path, "bytes");
  const snapshot = whether(
    `${path}.kept-snapshot`,
    `${source.name} of ${from.name} may change while ${field.name} stays`,
    isSnapshot,
    path,
  );
  const rowsOfEach = quotient(volume.rowsAtHorizonOf(entity.id), volume.rowsAtHorizonOf(from.id));
  const following = product(sum(...followers.map((id) => load.peakOf(id))), rowsOfEach);
  return {
    about: path,
    question: `Is ${field.name} of ${entity.name} a copy of ${source.name} of ${from.name}?`,
    options: [
      {
        id: "normalized",
        title: `${source.name} read from ${from.name}`,
        needs: [needThatNot(snapshot, `${entity.name} keeps what ${source.name} of ${from.name} was, and it may be another by now`)],
        ...keptSo(brief, entity, { readMs: pointReadMs, writeMs: zero, bytes: zero }),
        because: `${source.name} is kept once, with ${from.name}, and no copy of it can be out of date.`,
        consequence: `Every read of ${entity.name} reads a row of ${from.name} too.`,
      },
      {
        id: "copied",
        title: `a copy in ${field.name}`,
        ...keptSo(brief, entity, { readMs: zero, writeMs: zero, followed: following, bytes }),
        because: `${entity.name} can be read without ${from.name}, and says what was true when it was written.`,
        consequence:
          followers.length > 0
            ? `A change of ${source.name} is written again into every row of ${entity.name} that has it.`
            : `A change of ${source.name} does not reach the rows of ${entity.name} that are there.`,
      },
    ],
  };
}
