import type { Entity, FieldOf } from "@archwright/model";
import { constant, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, whether } from "../../quantities/given.ts";
import { bytesOfField, bytesOfFields } from "../../quantities/row-size.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { looksInto, namesField, rowUseOf, type RowUse } from "./row-use.ts";
import { onAverage, upkeepOf } from "./upkeep.ts";

const scannedRows = constant(
  "json-columns-scanned-rows",
  "rows that may all be read to find some of them",
  1_000,
  "rows",
  "general",
  "some pages of 8 KB that lie in memory",
  [500, 10_000],
);
const coldUpdate = constant(
  "json-columns-cold-update",
  "bytes of log that a change adds where an indexed value changes with it",
  452,
  "bytes",
  "measured",
  "reliability study 2.1: 1,102 for 650 bytes of a row",
);
const wordEntry = constant(
  "json-columns-gin-entry",
  "bytes that an index of what is inside takes for each value",
  30,
  "bytes",
  "general",
  "a GIN index with jsonb_path_ops; to be measured",
  [10, 80],
);
const columnHours = constant(
  "json-columns-column-hours",
  "hours in a month for one more column: its migrations and its checks",
  0.05,
  "hours",
  "general",
  "a change of form every few months",
  [0.01, 0.2],
);

/** Catalogue of decisions, 26: of each field that is a record in JSON. */
export const jsonColumns: DecisionRule = {
  id: "json-columns",
  area: "storage",
  question: "Is a record kept as JSON, or as columns?",
  evidence: "measured",
  sources: ["catalogue of decisions, 26 (JSON or columns)", "reliability study 2.1: a change of indexed values writes 1.7 times the log"],
  propose: (brief) => {
    const useOf = rowUseOf(brief.facts);
    return brief.model.entities.flatMap((entity) =>
      entity.fields.flatMap((field) =>
        field.kind === "json"
          ? [
              {
                about: `${entity.id}.${field.name}`,
                question: `Is ${field.name} of ${entity.name} kept as JSON, or as columns?`,
                options: optionsOf(brief, entity, field, useOf(entity)),
              },
            ]
          : [],
      ),
    );
  },
};

function optionsOf(brief: Brief, entity: Entity, field: FieldOf<"json">, use: RowUse): readonly OptionRule[] {
  const path = `${entity.id}.${field.name}`;
  const { volume } = brief.quantities;
  const rows = volume.rowsAtHorizonOf(entity.id);
  const inside = counted(`${path}.json-values`, `values inside ${field.name}`, field.fields.length, path);
  const jsonBytes = counted(`${path}.json-bytes`, `bytes of ${field.name} as JSON`, bytesOfField(field), path, "bytes");
  const columnBytes = counted(`${path}.column-bytes`, `bytes of ${field.name} as columns`, bytesOfFields(field.fields), path, "bytes");
  const searched = whether(`${path}.json-searched`, `rows are found by what is inside ${field.name}`, isSearched(field, use), path);
  const held = whether(`${path}.json-held`, `a rule holds what is inside ${field.name} to other rows`, isHeld(entity, field), path);
  const changes = changesOf(brief, entity, field.name, use);
  const indexBytes = product(inside, wordEntry);
  const free = needThatNot(held, `the database keeps no value inside JSON unique, and checks no reference there`);
  return [
    {
      id: "jsonb",
      title: `${field.name} as JSON`,
      needs: [needAtMost(product(searched, rows), scannedRows, `every row of ${entity.name} is read to find some by ${field.name}`), free],
      ...keptAs(brief, { log: product(changes, jsonBytes), bytes: product(rows, jsonBytes), hours: zero }),
      because: `${field.name} of ${entity.name} can get another form without a migration.`,
      consequence: `Any change to ${field.name} writes the whole of it again.`,
    },
    {
      id: "jsonb-gin",
      title: `${field.name} as JSON, with an index of what is inside`,
      needs: [free],
      ...keptAs(brief, {
        log: product(changes, sum(jsonBytes, coldUpdate, indexBytes)),
        bytes: product(rows, sum(jsonBytes, indexBytes)),
        hours: zero,
      }),
      because: `Rows of ${entity.name} are found by any value inside ${field.name}, whichever it will be.`,
      consequence: "The index answers only what is equal, not what is more or less, and every change of a row changes it.",
    },
    {
      id: "columns",
      title: `a column for each value of ${field.name}`,
      ...keptAs(brief, {
        log: product(changes, columnBytes),
        bytes: product(rows, columnBytes),
        hours: product(inside, columnHours),
      }),
      because: `Each value of ${field.name} can be checked, indexed and changed by itself.`,
      consequence: `A new value in ${field.name} is a migration of ${entity.name}.`,
    },
  ];
}

interface Kept {
  /** Bytes a second at the peak. */
  readonly log: Formula;
  readonly bytes: Formula;
  readonly hours: Formula;
}

function keptAs(brief: Brief, { log, bytes, hours }: Kept): Pick<OptionRule, "hoursPerMonth" | "figures" | "score"> {
  return {
    hoursPerMonth: hours,
    figures: [
      { id: "log-bytes", words: "bytes of log in a second at the peak", unit: "bytes", formula: log },
      { id: "bytes", words: "bytes at the end of the horizon", unit: "bytes", formula: bytes },
    ],
    score: upkeepOf(brief, { logBytes: onAverage(brief, log), keptBytes: bytes, hours }),
  };
}

/** An index on the field, or on a value inside it, is there because somebody looks for rows by it. */
const isSearched = (field: FieldOf<"json">, { selections }: RowUse): boolean =>
  field.index === true ||
  field.fields.some(({ index, search }) => index === true || search === true) ||
  selections.some(({ condition }) => condition && namesField(condition, field.name));

const isHeld = ({ invariants }: Entity, field: FieldOf<"json">): boolean =>
  field.fields.some(({ kind, unique }) => kind === "ref" || unique === true) ||
  invariants.some(({ holds }) => looksInto(holds, field.name));

/** Changes to the field, at the peak: code that is no data is taken to change it each time. */
function changesOf({ facts, quantities }: Brief, entity: Entity, field: string, { steps }: RowUse): Formula {
  const recorded = steps.flatMap(({ item, step }) => (step.kind === "update" && field in step.values ? [item] : []));
  const changers = new Set([...recorded, ...facts.useOf(entity.id).opaqueWriters]);
  return sum(...[...changers].map((id) => quantities.load.peakOf(id)));
}
