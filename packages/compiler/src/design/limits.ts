import type { Limit } from "@archwright/model";
import type { Deciding } from "../decide/deciding.ts";
import type { Need } from "../decide/rule.ts";
import { reevaluate } from "../formulas/evaluate.ts";
import { downstreamOf, sliceOf } from "../formulas/sheet.ts";
import { loadScale } from "../quantities/asked-load.ts";
import { figureOf, rounded, sharedUnit, type Ranged } from "./figures.ts";
import { bisect } from "./scan.ts";
import { chosenOf, placeOf, valueOf } from "./state.ts";

const timesMax = 1_000;

/** What breaks when all load grows and the architecture stays as it is chosen: the hard constraints of the chosen options, the first first. */
export function limitsOf(ranged: Ranged): readonly Limit[] {
  const { state } = ranged;
  const { open } = state;
  if (!open.sheet.placeOf.has(loadScale)) return [];
  const scale = placeOf(open, loadScale);
  const frozen = new Map(open.decisions.map((deciding) => [placeOf(open, deciding.choice), valueOf(state, deciding.choice)] as const));
  const values = Float64Array.from(state.values);
  const downstream = downstreamOf(open.sheet, scale);
  const reached = new Set(downstream);
  const limits = open.decisions.flatMap((deciding) =>
    (chosenOf(state, deciding).option.needs ?? []).flatMap((need): readonly Limit[] => {
      const [left, right] = [placeOf(open, need.left), placeOf(open, need.right)];
      if (!reached.has(left) && !reached.has(right)) return [];
      const slice = sliceOf(open.sheet, downstream, left, right);
      const breaksAt = (times: number): boolean => {
        values[scale] = times;
        reevaluate(open.sheet, values, slice, frozen);
        return (values[left] ?? 0) > (values[right] ?? 0);
      };
      if (!breaksAt(timesMax)) return [];
      const bearsTimes = breaksAt(1) ? bisect(1, 1 / timesMax, breaksAt) : bisect(1, timesMax, (times) => !breaksAt(times));
      return [limitOf(ranged, deciding, need, rounded(bearsTimes))];
    }),
  );
  return limits.sort((left, right) => left.bearsTimes - right.bearsTimes);
}

function limitOf(ranged: Ranged, deciding: Deciding, need: Need, bearsTimes: number): Limit {
  const { left, right, because, isLeast } = need;
  const unit = sharedUnit(need);
  const [is, limit] = isLeast ? [right, left] : [left, right];
  return {
    decision: deciding.id,
    words: `${chosenOf(ranged.state, deciding).option.title}${is.kind === "named" || is.kind === "input" ? `: ${is.words}` : ""}`,
    because,
    is: figureOf(ranged, is, unit),
    limit: figureOf(ranged, limit, unit),
    bearsTimes,
  };
}
