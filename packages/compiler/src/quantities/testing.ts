import type { Model } from "@archwright/model";
import { factsOf } from "../facts/facts.ts";
import { evaluate } from "../formulas/evaluate.ts";
import type { Formula } from "../formulas/formula.ts";
import { rangesOf } from "../formulas/ranges.ts";
import { sheetOf } from "../formulas/sheet.ts";
import { quantitiesOf, type Quantities } from "./quantities.ts";

/** What a test asks of the quantities of a model. */
export interface Reckoned {
  readonly value: (formulaOf: (quantities: Quantities) => Formula) => number;
  /** While one input lies anywhere in its range, and all others are as they are. */
  readonly range: (formulaOf: (quantities: Quantities) => Formula, open: string) => readonly [low: number, high: number];
}

export function reckoned(model: Model): Reckoned {
  const quantities = quantitiesOf(factsOf(model));
  return {
    value: (formulaOf) => {
      const sheet = sheetOf([formulaOf(quantities)]);
      return evaluate(sheet).at(-1) ?? Number.NaN;
    },
    range: (formulaOf, open) => {
      const sheet = sheetOf([formulaOf(quantities)]);
      const isOpen = (place: number): boolean => {
        const formula = sheet.formulas[place];
        return formula?.kind === "input" && formula.id === open;
      };
      const { low, high } = rangesOf(sheet, new Map(), isOpen);
      return [low.at(-1) ?? Number.NaN, high.at(-1) ?? Number.NaN];
    },
  };
}
