import type { Fact, Ground, Model } from "@archwright/model";
import type { Formula, Input } from "../formulas/formula.ts";
import { inWords } from "../formulas/words.ts";
import { figureOf, type Ranged } from "./figures.ts";

/** Every number that has a name, by its id. */
export function factsTold(ranged: Ranged): { readonly [id: string]: Fact } {
  const { sheet, model } = ranged.state.open;
  const told = sheet.formulas.flatMap((formula): readonly (readonly [string, Fact])[] => {
    if (formula.kind === "input")
      return [[formula.id, { ...figureOf(ranged, formula), words: formula.words, ground: groundOf(formula, model) }]];
    if (formula.kind !== "named") return [];
    const [below] = formula.of;
    return [[formula.id, { ...figureOf(ranged, formula), words: formula.words, formula: inWords(below), inputs: namesBelow(below) }]];
  });
  return Object.fromEntries([...told].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function groundOf({ ground }: Input, { origins }: Model): Ground {
  switch (ground.kind) {
    case "stated":
    case "counted":
    case "unknown": {
      const { path, ...rest } = ground;
      const at = origins[path];
      return { ...rest, ...(at && { at }) };
    }
    default:
      return ground;
  }
}

/** The nearest names below a formula: what a reader may ask about next. */
export function namesBelow(formula: Formula): readonly string[] {
  const found = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.kind === "input" || part.kind === "named") found.add(part.id);
    else if (part.kind === "choice") found.add(part.id);
    else if ("of" in part) for (const below of part.of) visit(below);
  };
  visit(formula);
  return [...found];
}
