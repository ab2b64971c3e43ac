import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import { exact, product, sum, type Formula } from "./formula.ts";
import { downstreamOf, sheetOf } from "./sheet.ts";
import { input, placeIn, webOf } from "./testing.ts";

const webs = fc.array(fc.nat(60), { minLength: 62, maxLength: 212, size: "max" }).map(webOf);

test("a formula that many need stands on the sheet once", () => {
  const shared = sum(input("load", 5), exact(1));
  const sheet = sheetOf([product(shared, shared), sum(shared, exact(2))]);
  expect(sheet.formulas.filter((formula) => formula === shared)).toHaveLength(1);
});

test("inputs of the same id are one", () => {
  const [one, other] = [input("load", 5), input("load", 5)];
  const sheet = sheetOf([sum(one, other)]);
  expect(placeIn(sheet, one)).toBe(placeIn(sheet, other));
  expect(sheet.formulas.filter(({ kind }) => kind === "input")).toHaveLength(1);
});

test("an answer to an input reaches whoever holds an input of the same id", () => {
  const total = sum(input("load", 5), input("load", 5));
  const sheet = sheetOf([total]);
  expect(evaluate(sheet, new Map([[0, 8]]))[placeIn(sheet, total)]).toBe(16);
});

test("parts stand before what is made of them", () => {
  fc.assert(
    fc.property(webs, ({ formulas }) => {
      const sheet = sheetOf(formulas);
      for (const [place, formula] of sheet.formulas.entries()) {
        const parts = "of" in formula ? formula.of.map((part) => placeIn(sheet, part)) : [];
        expect([...sheet.places.subarray(sheet.starts[place], sheet.starts[place + 1])]).toEqual(parts);
        expect(parts.every((part) => part < place)).toBe(true);
      }
    }),
  );
});

test("every root has its place", () => {
  fc.assert(
    fc.property(webs, ({ formulas }) => {
      const sheet = sheetOf(formulas);
      for (const formula of formulas) expect(sheet.formulas[placeIn(sheet, formula)]).toBe(formula);
    }),
  );
});

test("a chain of fifty thousand facts finds its order", () => {
  let last: Formula = input("load", 1);
  for (let step = 0; step < 50_000; step += 1) last = sum(last, exact(1));
  const sheet = sheetOf([last]);
  expect(evaluate(sheet)[placeIn(sheet, last)]).toBe(50_001);
});

test("downstream of an input lies all that is made of it, in order, and nothing else", () => {
  const [load, other] = [input("load", 5), input("other", 7)];
  const below = sum(load, exact(1));
  const above = product(below, other);
  const beside = sum(other, exact(2));
  const sheet = sheetOf([above, beside]);
  expect([...downstreamOf(sheet, placeIn(sheet, load))]).toEqual([placeIn(sheet, below), placeIn(sheet, above)]);
});
