import type { Decision, Design, Fact, Flip } from "@archwright/model";
import type { DecisionRule } from "../decide/rule.ts";
import { marginOf } from "./flips.ts";

/** A decision that comes to the same in every design, and the nearest number at which it would not. */
export interface ConstantDecision {
  readonly rule: string;
  readonly area: string;
  readonly question: string;
  /** The option that is chosen wherever there is something to decide; nothing where there is none. */
  readonly chosen?: string;
  /** The designs that have it to decide. */
  readonly decidedIn: readonly string[];
  /** Nothing where no number that a model can answer changes it, however far it is tried. */
  readonly nearest?: NearestFlip;
}

export interface NearestFlip {
  readonly design: string;
  readonly decision: string;
  readonly input: string;
  readonly words: string;
  readonly unit: Fact["unit"];
  readonly from: number;
  readonly at: number;
  readonly to: string;
  /** How many times as much, or as little, it would have to be; of a share near 1, what it lacks. Nothing where it is 0 or an answer of yes or no. */
  readonly factor?: number;
}

/** @param designs By name, with their tipping points. */
export function constantDecisions(
  rules: readonly Pick<DecisionRule, "id" | "area" | "question">[],
  designs: ReadonlyMap<string, Design>,
): readonly ConstantDecision[] {
  return rules.flatMap(({ id, area, question }): readonly ConstantDecision[] => {
    const taken = [...designs].flatMap(([name, design]) =>
      design.decisions.flatMap((decision) => (decision.rule === id ? [{ name, design, decision }] : [])),
    );
    const chosen = new Set(taken.map(({ decision }) => decision.chosen));
    if (chosen.size > 1) return [];
    const [nearest] = taken.flatMap(flipsTold).sort((left, right) => rankOf(left) - rankOf(right) || left.margin - right.margin);
    const [only] = chosen;
    return [
      {
        rule: id,
        area,
        question,
        ...(only !== undefined && { chosen: only }),
        decidedIn: [...new Set(taken.map(({ name }) => name))],
        ...(nearest && { nearest: nearest.flip }),
      },
    ];
  });
}

interface Taken {
  readonly name: string;
  readonly design: Design;
  readonly decision: Decision;
}

interface Told {
  readonly margin: number;
  readonly flip: NearestFlip;
}

/** What an hour is worth tips everything somewhere: it is told only where nothing else is. */
const rankOf = ({ flip }: Told): number => (flip.input === "hour-price" ? 1 : 0);

function flipsTold({ name, design, decision }: Taken): readonly Told[] {
  return decision.flips.flatMap((flip) => {
    const fact = design.facts[flip.input];
    if (!fact) return [];
    const margin = distanceOf(flip, fact);
    const factor = Number.isFinite(margin) ? { factor: Math.exp(margin) } : {};
    return [{ margin, flip: { design: name, decision: decision.id, words: fact.words, unit: fact.unit, ...flip, ...factor } }];
  });
}

/** An answer of yes or no is as far away as it can be, and so is what begins with nothing: numbers tell more. */
function distanceOf(flip: Flip, { unit }: Fact): number {
  const margin = marginOf(flip);
  return unit === "yes/no" || margin === Number.MAX_VALUE ? Number.POSITIVE_INFINITY : margin;
}
