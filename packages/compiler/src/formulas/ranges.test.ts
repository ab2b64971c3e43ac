import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import {
  atMost,
  call,
  ceiling,
  difference,
  exact,
  excess,
  greatest,
  least,
  named,
  not,
  pick,
  power,
  product,
  quotient,
  sum,
  when,
  zero,
  type Formula,
} from "./formula.ts";
import { rangesOf } from "./ranges.ts";
import { sheetOf, type Sheet } from "./sheet.ts";
import { choiceOf, input, placeIn, pointOf, webOf } from "./testing.ts";

const webs = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 60 }), fc.double({ min: -50, max: 200, noNaN: true })), {
    minLength: 62,
    maxLength: 212,
    size: "max",
  })
  .map(webOf);

/** The ends of ranges come often, since that is where mistakes lie. */
const shares = fc.array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 6, maxLength: 6 });

const load = input("load", 5, [2, 10]);
const loss = input("loss", 0, [-3, 4]);
const share = input("share", 0.5, [0, 1]);
const infinity = Number.POSITIVE_INFINITY;

const reaches: readonly (readonly [string, Formula, readonly [number, number]])[] = [
  ["an input lies in its range", load, [2, 10]],
  ["an input without a range is its value", input("known", 3), [3, 3]],
  ["a fact lies where it names", named("fact", "a fact", "count", load), [2, 10]],
  ["a sum lies between the sums of the ends", sum(load, loss, exact(1)), [0, 15]],
  ["a product takes signs into account", product(load, loss), [-30, 40]],
  ["a difference takes the far end of what is taken away", difference(load, loss), [-2, 13]],
  ["a quotient falls with what it is divided by", quotient(exact(20), load), [2, 10]],
  ["a quotient by what may be nothing may be infinite", quotient(load, share), [2, infinity]],
  ["a quotient by what may have either sign may be anything", quotient(load, loss), [-infinity, infinity]],
  ["nothing by anything is nothing", quotient(zero, loss), [0, 0]],
  ["a power of a share falls with the exponent", power(share, load), [0, 1]],
  ["the least is bounded by all", least(load, exact(4)), [2, 4]],
  ["the greatest is bounded by all", greatest(load, exact(4)), [4, 10]],
  ["a ceiling lies between the ceilings", ceiling(quotient(load, exact(4))), [1, 3]],
  ["at most is open where the ranges overlap", atMost(load, exact(4)), [0, 1]],
  ["at most holds where it holds throughout", atMost(load, exact(10)), [1, 1]],
  ["at most fails where it fails throughout", atMost(load, exact(1)), [0, 0]],
  ["not is open where nothing is possible", not(share), [0, 1]],
  ["not is no where nothing is impossible", not(load), [0, 0]],
  ["when goes both ways while its condition is open", when(atMost(load, exact(4)), exact(1), exact(9)), [1, 9]],
  ["when goes one way once its condition is settled", when(load, exact(1), exact(9)), [1, 1]],
  ["an excess grows with the value and falls with the limit", excess(load, input("limit", 4, [4, 5])), [0, 1.5]],
  ["an excess over a limit that may be next to nothing is huge", excess(load, share), [1, Number.MAX_SAFE_INTEGER]],
  [
    "a law is carried through by its directions",
    call({ name: "law", source: "a test", directions: ["up", "down"], value: (up, down) => up - down }, load, share),
    [1, 10],
  ],
];

function reachOf(formula: Formula): readonly [number | undefined, number | undefined] {
  const sheet = sheetOf([formula]);
  const { low, high } = rangesOf(sheet);
  return [low[placeIn(sheet, formula)], high[placeIn(sheet, formula)]];
}

describe("between what a formula lies", () => {
  test.each(reaches)("%s", (_, formula, reach) => {
    expect(reachOf(formula)).toEqual(reach);
  });
});

describe("what may be chosen", () => {
  test("an option that is worse wherever it lies is out", () => {
    expect(reachOf(choiceOf([zero, zero, zero], [exact(11), load, exact(6)]))).toEqual([1, 2]);
  });

  test("an option that always breaks more is out however low its score", () => {
    expect(reachOf(choiceOf([load, share, share], [zero, load, exact(6)]))).toEqual([1, 2]);
  });

  test("of two that are always equal the later is out", () => {
    expect(reachOf(choiceOf([zero, zero], [exact(4), exact(4)]))).toEqual([0, 0]);
  });

  test("a pin is the only choice", () => {
    expect(reachOf(choiceOf([zero, zero], [load, share], 0))).toEqual([0, 0]);
  });

  test("what is picked lies in the hull of what may be chosen", () => {
    expect(reachOf(pick(choiceOf([zero, zero, zero], [exact(11), load, exact(6)]), [exact(100), exact(7), exact(3)]))).toEqual([3, 7]);
  });
});

describe("what is taken as known", () => {
  const both = sum(load, share);
  const sheet = sheetOf([both]);

  test("a change stands as a single value", () => {
    const { low, high } = rangesOf(sheet, new Map([[placeIn(sheet, load), 3]]));
    expect([low[placeIn(sheet, both)], high[placeIn(sheet, both)]]).toEqual([3, 4]);
  });

  test("an input that is not open counts with its value", () => {
    const { low, high } = rangesOf(sheet, new Map(), (place) => place === placeIn(sheet, share));
    expect([low[placeIn(sheet, both)], high[placeIn(sheet, both)]]).toEqual([5, 6]);
  });
});

describe("whatever the unknowns turn out to be", () => {
  test("every formula lies in its range", () => {
    fc.assert(
      fc.property(webs, shares, (web, at) => {
        const sheet = sheetOf(web.formulas);
        expect(strayFrom(sheet, evaluate(sheet, pointOf(web, sheet, at)), new Map())).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("every formula lies in its range where a what-if fixes some of them", () => {
    fc.assert(
      fc.property(webs, shares, fc.nat(), fc.nat(50), (web, at, which, value) => {
        const sheet = sheetOf(web.formulas);
        const changes = new Map([[which % sheet.formulas.length, value]]);
        expect(strayFrom(sheet, evaluate(sheet, new Map([...pointOf(web, sheet, at), ...changes])), changes)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** The formulas whose values lie outside of their ranges by more than noise. */
function strayFrom(sheet: Sheet, values: Float64Array, changes: ReadonlyMap<number, number>): readonly unknown[] {
  const { low, high } = rangesOf(sheet, changes);
  return sheet.formulas.flatMap((formula, place) => {
    const [least = 0, value = 0, most = 0] = [low[place], values[place], high[place]];
    const noise = 1e-9 * Math.max(1, Math.abs(value));
    const lies = value === least || value === most || (value >= least - noise && value <= most + noise);
    return lies ? [] : [{ formula, least, value, most }];
  });
}
