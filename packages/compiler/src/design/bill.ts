import type { Bill, BillLine, Figure } from "@archwright/model";
import type { Changes } from "../formulas/evaluate.ts";
import type { Formula } from "../formulas/formula.ts";
import { formulaUnit } from "../formulas/units.ts";
import { inWords } from "../formulas/words.ts";
import { secondsPerMonth } from "../quantities/given.ts";
import { loadScale } from "../quantities/asked-load.ts";
import { figureOf, rounded, type Ranged } from "./figures.ts";
import { chosenOf, inputsOf, placeOf, stateOf, valueOf, type State } from "./state.ts";

/** The bill of a month, by component, with what one order and one user cost of it, and what ten times the load would change. */
export function billOf(ranged: Ranged): Bill {
  const { state } = ranged;
  const { open } = state;
  const { budget } = open.quantities.promises;
  return {
    currency: open.currency,
    lines: linesOf(ranged),
    total: triedFigure(state, open.totals.cost),
    hours: triedFigure(state, open.totals.hours),
    ...(budget && { budget: rounded(valueOf(state, budget)) }),
    perUnit: perUnitOf(state),
    atTenTimes: atTenTimes(state),
  };
}

/** More unknowns than this are no longer tried in every combination of their ends. */
const combinedMax = 6;

/**
 * Between which values a total lies while the unknowns of the model go through their ranges. Ranges carried through every choice would be
 * safe and say nothing, so the ends of the unknowns are tried instead: all combinations of the first, and the others one at a time.
 */
function triedFigure({ open, values }: State, total: Formula): Figure {
  const unknowns = inputsOf(open).flatMap(({ input: { ground, range }, place }) =>
    ground.kind === "unknown" && range ? [{ place, range }] : [],
  );
  const combined = unknowns.slice(0, combinedMax);
  const combinations = Array.from(
    { length: 2 ** combined.length },
    (_, bits): Changes => new Map(combined.map(({ place, range }, index) => [place, range[(bits >> index) & 1] ?? 0])),
  );
  const single = unknowns.slice(combinedMax).flatMap(({ place, range }): readonly Changes[] => range.map((end) => new Map([[place, end]])));
  const tried = unknowns.length > 0 ? [...combinations, ...single] : [];
  const totals = tried.map((changes) => valueOf(stateOf(open, changes), total));
  const value = valueOf({ open, values }, total);
  const [low, high] = [Math.min(value, ...totals), Math.max(value, ...totals)];
  return { value: rounded(value), ...(high > low && { low: rounded(low), high: rounded(high) }), unit: formulaUnit(total) };
}

function linesOf(ranged: Ranged): readonly BillLine[] {
  return ranged.state.open.decisions.flatMap((deciding) =>
    (chosenOf(ranged.state, deciding).option.bill ?? []).flatMap(({ component, words, cost }): readonly BillLine[] => {
      const figure: Figure = figureOf(ranged, cost, "money");
      return figure.value === 0 && (figure.high ?? 0) === 0
        ? []
        : [{ decision: deciding.id, component, words, cost: figure, formula: inWords(cost) }];
    }),
  );
}

/** The command with the greatest stated load stands for the business. */
function perUnitOf(state: State): Bill["perUnit"] {
  const { model, quantities, totals, facts } = state.open;
  const total = valueOf(state, totals.cost);
  const commands = model.requirements.load.filter(({ operation }) => facts.items.operations.get(operation)?.kind === "command");
  const rates = commands.map(({ operation }) => ({ operation, mean: valueOf(state, quantities.load.meanOf(operation)) }));
  const main = rates.reduce<(typeof rates)[number] | undefined>((best, rate) => (best && best.mean >= rate.mean ? best : rate), undefined);
  const perMonth = (main?.mean ?? 0) * secondsPerMonth.value;
  const { users } = model.requirements;
  const people = typeof users === "number" ? users : users?.assumed;
  return [
    ...(main && perMonth > 0
      ? [perUnit(total / perMonth, `run of ${facts.items.operations.get(main.operation)?.name ?? main.operation}`, "runs")]
      : []),
    ...(people ? [perUnit(total / people, "user in a month", "users in a month")] : []),
  ];
}

/** For a thousand of them where one costs less than a cent. */
function perUnit(cost: number, one: string, many: string): Bill["perUnit"][number] {
  return cost >= 0.01
    ? { words: `for each ${one}`, cost: rounded(cost) }
    : { words: `for 1,000 ${one.replace(/^\w+/, many.split(" ")[0] ?? many)}`, cost: rounded(cost * 1_000) };
}

function atTenTimes(state: State): Bill["atTenTimes"] {
  const { open } = state;
  const changes: Changes = open.sheet.placeOf.has(loadScale) ? new Map([[placeOf(open, loadScale), 10]]) : new Map();
  const grown = stateOf(open, changes);
  return {
    total: rounded(valueOf(grown, open.totals.cost)),
    changes: open.decisions.flatMap((deciding) => {
      const [from, to] = [chosenOf(state, deciding).option.id, chosenOf(grown, deciding).option.id];
      return from === to ? [] : [{ decision: deciding.id, from, to }];
    }),
  };
}
