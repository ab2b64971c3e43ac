import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, reevaluate } from "./evaluate.ts";
import {
  and,
  atMost,
  call,
  ceiling,
  difference,
  exact,
  excess,
  greatest,
  isChosen,
  least,
  named,
  not,
  or,
  pick,
  power,
  product,
  quotient,
  sum,
  when,
  zero,
  type Formula,
} from "./formula.ts";
import { downstreamOf, sheetOf } from "./sheet.ts";
import { choiceOf, input, placeIn, pointOf, valueOf, webOf } from "./testing.ts";

const webs = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 60 }), fc.double({ min: -50, max: 200, noNaN: true })), {
    minLength: 62,
    maxLength: 212,
    size: "max",
  })
  .map(webOf);

/** The ends of ranges come often, since that is where mistakes lie. */
const shares = fc.array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 6, maxLength: 6 });

const infinite = quotient(exact(1), zero);

const worth: readonly (readonly [string, Formula, number])[] = [
  ["an exact number is its value", exact(7), 7],
  ["an input is its value", input("load", 5), 5],
  ["a fact is what it names", named("fact", "a fact", "count", exact(3)), 3],
  ["a sum adds all of its parts", sum(exact(1), exact(2), exact(4)), 7],
  ["a sum of nothing is zero", sum(), 0],
  ["the infinite less the infinite is nothing", sum(infinite, product(exact(-1), infinite)), 0],
  ["a product multiplies all of its parts", product(exact(2), exact(3), exact(4)), 24],
  ["nothing times the infinite is nothing", product(zero, infinite, exact(5)), 0],
  ["a difference takes the second from the first", difference(exact(2), exact(5)), -3],
  ["a difference of the infinite from itself is nothing", difference(infinite, infinite), 0],
  ["a quotient divides the first by the second", quotient(exact(1), exact(4)), 0.25],
  ["nothing by nothing is nothing", quotient(zero, zero), 0],
  ["something by nothing is infinite", infinite, Number.POSITIVE_INFINITY],
  ["something by a zero with a sign is infinite all the same", quotient(exact(1), product(exact(-1), zero)), Number.POSITIVE_INFINITY],
  ["a loss by nothing is infinitely low", quotient(exact(-1), zero), Number.NEGATIVE_INFINITY],
  ["the infinite by the infinite is nothing", quotient(infinite, infinite), 0],
  ["a power raises its base", power(exact(2), exact(-2)), 0.25],
  ["one to the infinite is one", power(exact(1), infinite), 1],
  ["a base below zero counts as zero", power(exact(-4), exact(0.5)), 0],
  ["the least of all parts is taken", least(exact(3), exact(-1), exact(2)), -1],
  ["the greatest of all parts is taken", greatest(exact(3), exact(-1), exact(9)), 9],
  ["a ceiling rounds up", ceiling(exact(2.1)), 3],
  ["a ceiling takes noise for what it is", ceiling(sum(exact(0.1), exact(0.2), exact(2.7))), 3],
  ["a ceiling leaves the infinite infinite", ceiling(infinite), Number.POSITIVE_INFINITY],
  ["at most holds of equals", atMost(exact(2), exact(2)), 1],
  ["at most does not hold of more", atMost(exact(2.1), exact(2)), 0],
  ["not turns no into yes", not(zero), 1],
  ["not turns whatever there is into no", not(exact(0.3)), 0],
  ["and wants all", and(exact(1), zero), 0],
  ["or wants one", or(exact(1), zero), 1],
  ["when takes the first way where the condition holds", when(exact(1), exact(5), exact(6)), 5],
  ["when takes the second way where it does not", when(zero, exact(5), exact(6)), 6],
  ["a pick takes the value of the place", pick(exact(1), [exact(5), exact(6), exact(7)]), 6],
  ["a pick beyond the options takes the last one", pick(exact(9), [exact(5), exact(6)]), 6],
  ["a pick before the options takes the first one", pick(exact(-2), [exact(5), exact(6)]), 5],
  ["within a limit there is no excess", excess(exact(4), exact(4)), 0],
  ["an excess is a share of the limit", excess(exact(6), exact(4)), 0.5],
  ["an excess over nothing is all that there is, and once over", excess(exact(1), zero), 2],
  ["an infinite excess can be compared", excess(infinite, exact(2)), Number.MAX_SAFE_INTEGER],
  [
    "a law is asked with its arguments in their order",
    call({ name: "law", source: "a test", directions: ["up", "down"], value: (left, right) => left - 2 * right }, exact(9), exact(2)),
    5,
  ],
];

describe("what a formula is worth", () => {
  test.each(worth)("%s", (_, formula, value) => {
    expect(valueOf(formula)).toBe(value);
  });
});

describe("what is chosen", () => {
  test("of options that break nothing the one with the lowest score is chosen", () => {
    expect(valueOf(choiceOf([zero, zero, zero], [exact(5), exact(3), exact(4)]))).toBe(1);
  });

  test("an option that breaks a need is not chosen however low its score", () => {
    expect(valueOf(choiceOf([exact(0.1), zero], [exact(1), exact(100)]))).toBe(1);
  });

  test("where all break needs the least broken is chosen", () => {
    expect(valueOf(choiceOf([exact(3), exact(2), exact(4)], [exact(1), exact(9), exact(1)]))).toBe(1);
  });

  test("of equals the earlier is chosen", () => {
    expect(valueOf(choiceOf([zero, zero], [exact(0.3), sum(exact(0.1), exact(0.2))]))).toBe(0);
    expect(valueOf(choiceOf([zero, zero], [sum(exact(0.1), exact(0.2)), exact(0.3)]))).toBe(0);
  });

  test("what costs something is chosen before what costs infinitely much", () => {
    expect(valueOf(choiceOf([zero, zero], [infinite, exact(5)]))).toBe(1);
  });

  test("a pin outweighs needs and scores", () => {
    expect(valueOf(choiceOf([zero, exact(9)], [exact(1), exact(100)], 1))).toBe(1);
  });

  test("the chosen option says yes, the others no", () => {
    const choice = choiceOf([zero, zero], [exact(2), exact(1)]);
    expect([valueOf(isChosen(choice, "option 0")), valueOf(isChosen(choice, "option 1"))]).toEqual([0, 1]);
  });
});

describe("changes", () => {
  const load = input("load", 5);
  const fact = named("fact", "a fact", "count", sum(load, exact(1)));
  const twice = product(fact, exact(2));
  const sheet = sheetOf([twice]);

  test("another answer to an input reaches all that builds upon it", () => {
    expect(evaluate(sheet, new Map([[placeIn(sheet, load), 9]]))[placeIn(sheet, twice)]).toBe(20);
  });

  test("a fact that is known better hides what it was reckoned from", () => {
    const values = evaluate(
      sheet,
      new Map([
        [placeIn(sheet, load), 9],
        [placeIn(sheet, fact), 100],
      ]),
    );
    expect(values[placeIn(sheet, twice)]).toBe(200);
  });

  test("working out again what lies downstream is as good as working out everything", () => {
    fc.assert(
      fc.property(webs, shares, shares, fc.nat(), (web, before, after, which) => {
        const web0 = sheetOf(web.formulas);
        const start = pointOf(web, web0, before);
        const [place, value] = [...pointOf(web, web0, after)][which % start.size] ?? [0, 0];
        const values = evaluate(web0, start);
        values[place] = value;
        reevaluate(web0, values, downstreamOf(web0, place), start);
        expect(values).toEqual(evaluate(web0, new Map([...start, [place, value]])));
      }),
    );
  });

  test("what a web of formulas is worth is always a number", () => {
    fc.assert(
      fc.property(webs, shares, (web, at) => {
        const web0 = sheetOf(web.formulas);
        expect(evaluate(web0, pointOf(web, web0, at)).some(Number.isNaN)).toBe(false);
      }),
    );
  });
});
