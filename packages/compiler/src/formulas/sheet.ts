import type { Formula, Operator } from "./formula.ts";

/** Formulas in the order in which they can be worked out, each once however many need it. */
export interface Sheet {
  readonly formulas: readonly Formula[];
  readonly placeOf: ReadonlyMap<Formula, number>;
  readonly codes: Uint8Array;
  /** What inputs and exact numbers are worth, at their places. */
  readonly leaves: Float64Array;
  /** Where the arguments of each formula begin in `places`; one more at the end. */
  readonly starts: Int32Array;
  readonly places: Int32Array;
}

export const codes = {
  leaf: 0,
  sum: 1,
  product: 2,
  difference: 3,
  quotient: 4,
  power: 5,
  least: 6,
  greatest: 7,
  ceiling: 8,
  "at most": 9,
  not: 10,
  when: 11,
  pick: 12,
  excess: 13,
  named: 14,
  call: 15,
  choice: 16,
} as const satisfies Record<Operator | "leaf" | "named" | "call" | "choice", number>;

/**
 * Linear in the number of formulas. Inputs of the same id are one.
 *
 * @throws Error if two inputs of the same id have different values: whoever supposes another value could mean either.
 */
export function sheetOf(roots: readonly Formula[]): Sheet {
  const { formulas, placeOf, starts, places } = inOrder(roots);
  const codeAt = new Uint8Array(formulas.length);
  const leaves = new Float64Array(formulas.length);
  for (let place = 0; place < formulas.length; place += 1) {
    const formula = formulas[place] ?? nothing;
    codeAt[place] = codeOf(formula);
    if (formula.kind === "input" || formula.kind === "exact") leaves[place] = formula.value;
  }
  return { formulas, placeOf, codes: codeAt, leaves, starts: new Int32Array(starts), places: new Int32Array(places) };
}

interface Order {
  readonly formulas: readonly Formula[];
  readonly placeOf: ReadonlyMap<Formula, number>;
  readonly starts: readonly number[];
  readonly places: readonly number[];
}

/** Parts before what is made of them. Chains of calls make formulas too deep for a function that calls itself. */
function inOrder(roots: readonly Formula[]): Order {
  const formulas: Formula[] = [];
  const placeOf = new Map<Formula, number>();
  const inputs = new Map<string, number>();
  const starts = [0];
  const places: number[] = [];
  /** Formulas whose parts are being placed, and how many of these are; and the places of all of these, one formula's after the other's. */
  const open: Formula[] = [];
  const counts: number[] = [];
  const found: number[] = [];
  for (const root of roots) {
    if (placeOf.has(root)) continue;
    enter(root);
    while (open.length > 0) step(open.length - 1);
    found.length = 0;
  }
  return { formulas, placeOf, starts, places };

  function enter(formula: Formula): void {
    open.push(formula);
    counts.push(0);
  }

  /** Goes down to the next part without a place; or gives the formula its own, once all of them have theirs. */
  function step(top: number): void {
    const formula = open[top] ?? nothing;
    const parts = partsOf(formula);
    let count = counts[top] ?? 0;
    for (; count < parts.length; count += 1) {
      const part = parts[count] ?? nothing;
      const place = placeOf.get(part);
      if (place === undefined) {
        counts[top] = count;
        return enter(part);
      }
      found.push(place);
    }
    open.pop();
    counts.pop();
    leave(formula, parts.length);
  }

  function leave(formula: Formula, parts: number): void {
    const from = found.length - parts;
    const known = formula.kind === "input" ? inputs.get(formula.id) : undefined;
    placeOf.set(formula, known ?? formulas.length);
    if (known !== undefined) return refuseOther(formulas[known], formula);
    if (formula.kind === "input") inputs.set(formula.id, formulas.length);
    formulas.push(formula);
    for (let at = from; at < found.length; at += 1) places.push(found[at] ?? 0);
    starts.push(places.length);
    found.length = from;
  }
}

const nothing: Formula = { kind: "exact", value: 0 };

function refuseOther(known: Formula | undefined, other: Formula): void {
  if (known?.kind === "input" && other.kind === "input" && known.value !== other.value)
    throw new Error(`Two inputs are called ${known.id}: ${known.words} (${known.value}) and ${other.words} (${other.value}).`);
}

const none: readonly Formula[] = [];
const partsOf = (formula: Formula): readonly Formula[] => ("of" in formula ? formula.of : none);

function codeOf(formula: Formula): number {
  if (formula.kind === "computed") return codes[formula.operator];
  return formula.kind === "input" || formula.kind === "exact" ? codes.leaf : codes[formula.kind];
}

/** The places of everything that a change at one place can change, in order, the place itself left out. */
export function downstreamOf(sheet: Sheet, from: number): Int32Array {
  const reached = new Uint8Array(sheet.formulas.length);
  reached[from] = 1;
  const found: number[] = [];
  for (let place = from + 1; place < sheet.formulas.length; place += 1) {
    const end = sheet.starts[place + 1] ?? 0;
    for (let argument = sheet.starts[place] ?? 0; argument < end; argument += 1)
      if (reached[sheet.places[argument] ?? 0] === 1) {
        reached[place] = 1;
        found.push(place);
        break;
      }
  }
  return Int32Array.from(found);
}

/** Of these places, those that what lies at `until` needs, in order. Whoever works only them out knows its value. */
export function sliceOf(sheet: Sheet, downstream: Int32Array, ...until: readonly number[]): Int32Array {
  const needed = new Uint8Array(sheet.formulas.length);
  for (const place of until) needed[place] = 1;
  const found: number[] = [];
  for (let index = downstream.length - 1; index >= 0; index -= 1) {
    const place = downstream[index] ?? 0;
    if (needed[place] === 0) continue;
    found.push(place);
    const end = sheet.starts[place + 1] ?? 0;
    for (let argument = sheet.starts[place] ?? 0; argument < end; argument += 1) needed[sheet.places[argument] ?? 0] = 1;
  }
  return Int32Array.from(found.reverse());
}
