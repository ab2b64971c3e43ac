import { named, one, pick, product, sum, zero, type Formula, type Named } from "../formulas/formula.ts";
import type { Deciding, Weighed } from "./deciding.ts";

/** What a whole design comes to: the figures of all that is chosen, taken together. */
export interface Totals {
  /** Money in a month. */
  readonly cost: Named;
  readonly hours: Named;
  /** Π over what is chosen for the system: a request needs all of it. */
  readonly availability: Named;
  /** Σ over what is chosen for the system: a request passes all of it. */
  readonly latency: Named;
}

export function totalsOf(decisions: readonly Deciding[]): Totals {
  const ofSystem = decisions.filter(({ proposal }) => proposal.about === undefined);
  return {
    cost: named("design.cost", "the bill of a month", "money", sum(...picked(decisions, "cost", zero))),
    hours: named("design.hours", "hours of work in a month", "hours", sum(...picked(decisions, "hours", zero))),
    availability: named(
      "design.availability",
      "availability of all that is chosen together",
      "share",
      product(...picked(ofSystem, "availability", one)),
    ),
    latency: named("design.latency", "what all that is chosen adds to a request", "ms", sum(...picked(ofSystem, "latency", zero))),
  };
}

function picked(decisions: readonly Deciding[], figure: string, otherwise: Formula): readonly Formula[] {
  return decisions.flatMap(({ choice, options }) => {
    const values = options.map((option) => figureOf(option, figure));
    return values.some((value) => value !== undefined)
      ? [
          pick(
            choice,
            values.map((value) => value ?? otherwise),
          ),
        ]
      : [];
  });
}

/** The figure of an option by its own name, such as `cost`. */
export function figureOf({ option, figures }: Weighed, name: string): Named | undefined {
  return figures.find(({ id }) => id.endsWith(`.${option.id}.${name}`));
}
