import type { Computed, Formula, Unit } from "./formula.ts";

/** The unit of what has a name; of a formula without one, what its parts make of each other. Only for showing it. */
export function formulaUnit(formula: Formula): Unit {
  switch (formula.kind) {
    case "input":
    case "named":
      return formula.unit;
    case "exact":
    case "choice":
      return "count";
    case "call":
      return firstUnit(formula.of);
    default:
      return computedUnit(formula);
  }
}

function computedUnit({ operator, of }: Computed): Unit {
  switch (operator) {
    case "at most":
    case "not":
      return "yes/no";
    case "excess":
      return "share";
    case "when":
    case "pick":
      return firstUnit(of.slice(1));
    case "product":
      return of.reduce<Unit>((unit, factor) => (isThousand(factor) && unit === "s" ? "ms" : timesUnit(unit, formulaUnit(factor))), "count");
    case "quotient":
      return quotientUnit(of);
    default:
      return firstUnit(of);
  }
}

function quotientUnit([over, under]: readonly Formula[]): Unit {
  const [left, right] = [over ? formulaUnit(over) : "count", under ? formulaUnit(under) : "count"];
  if (isPlain(right)) return under && isThousand(under) && left === "ms" ? "s" : left;
  if (left === right) return "share";
  return isTime(right) && isPlain(left) ? "/s" : left;
}

/** A rate during a time is a number again; shares and yes or no leave what they are multiplied with. */
function timesUnit(left: Unit, right: Unit): Unit {
  if (left === "count" || left === "yes/no") return right;
  if (isPlain(right)) return left;
  if (left === "share") return right;
  return (left === "/s" && isTime(right)) || (right === "/s" && isTime(left))
    ? "count"
    : right === "/s"
      ? left
      : right === "money"
        ? right
        : left;
}

const isPlain = (unit: Unit): boolean => unit === "count" || unit === "share" || unit === "yes/no";
const isTime = (unit: Unit): boolean => unit === "s" || unit === "ms" || unit === "hours" || unit === "days";
const isThousand = (formula: Formula): boolean => formula.kind === "exact" && formula.value === 1_000;

function firstUnit(of: readonly Formula[]): Unit {
  return of.map(formulaUnit).find((unit) => unit !== "count") ?? "count";
}
