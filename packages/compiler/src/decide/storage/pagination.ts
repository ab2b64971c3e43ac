import type { Entity } from "@archwright/model";
import { constant, least, product, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { pageRows } from "../../quantities/answers.ts";
import { pageReadMs } from "../../quantities/run.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { listedRowsOf, type ListedRows } from "./listed-rows.ts";

const catalogue = "catalogue of decisions, 38 (pagination)";
const listMax = constant("pagination-list-max", "rows of a list in which pages may be counted off", 10_000, "rows", "sourced", catalogue);
const skipMax = constant("pagination-skip-max", "rows that may be skipped to find a page", 1_000, "rows", "sourced", catalogue);
const pagesTurned = constant(
  "pagination-turned",
  "pages that people turn before they search instead",
  10,
  "count",
  "general",
  "to be measured from a log",
  [3, 100],
);
const skipMs = constant(
  "pagination-skip",
  "work of the database for a row that is skipped",
  0.0005,
  "ms",
  "general",
  "to be measured",
  [0.0002, 0.003],
);
const cursorHours = constant(
  "pagination-cursor-hours",
  "hours in a month for pages that begin after a row: an index for each order, no page numbers",
  0.1,
  "hours",
  "general",
  "to be calibrated by the team",
  [0.02, 0.5],
);

/** Catalogue of decisions, 38: of each entity that is listed. */
export const pagination: DecisionRule = {
  id: "pagination",
  area: "storage",
  question: "How is the next page of a list found?",
  evidence: "sourced",
  sources: [catalogue],
  propose: (brief) => {
    const listedOf = listedRowsOf(brief);
    return brief.model.entities.flatMap((entity) => {
      const listed = listedOf(entity);
      if (!listed.isListed) return [];
      return [{ about: entity.id, question: `How is the next page of ${entity.name} found?`, options: optionsOf(brief, entity, listed) }];
    });
  },
};

function optionsOf({ model }: Brief, { name }: Entity, { longest }: ListedRows): readonly OptionRule[] {
  const programs = whether(
    "clients.read-all",
    "programs of others read lists to their end",
    model.requirements.clients.includes("partner"),
    model.name,
  );
  const skipped = when(programs, longest, least(longest, product(pagesTurned, pageRows)));
  return [
    {
      id: "offset",
      title: "pages by offset",
      needs: [
        needAtMost(longest, listMax, `the last pages of ${name} read the whole list to throw it away`),
        needAtMost(skipped, skipMax, `whoever reads ${name} to its end reads most rows many times`),
      ],
      ...found(sum(pageReadMs, product(skipped, skipMs)), skipped, zero),
      because: `The longest list of ${name} is short, any page of it can be jumped to, and it can be sorted by anything.`,
      consequence: `A row of ${name} that is added meanwhile shows another one twice.`,
    },
    {
      id: "keyset",
      title: "pages by key",
      ...found(pageReadMs, zero, cursorHours),
      because: `The thousandth page of ${name} is found as fast as the first, and none shows a row twice.`,
      consequence: "There are no page numbers, and each order needs an index that ends with the id.",
    },
  ];
}

const found = (latencyMs: Formula, skipped: Formula, hours: Formula): Pick<OptionRule, "hoursPerMonth" | "latencyMs" | "figures"> => ({
  hoursPerMonth: hours,
  latencyMs,
  figures: [{ id: "skipped", words: "rows that are read for nothing before the deepest page", unit: "rows", formula: skipped }],
});
