import type { Choice } from "../formulas/formula.ts";
import { exact, product, sum } from "../formulas/formula.ts";
import { expect, test } from "vitest";
import { undecided } from "../decide/deciding.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../decide/rule.ts";
import { modelOf, sample } from "../lint/testing.ts";
import { flipsOf } from "./flips.ts";
import { stateOf } from "./state.ts";

const option = (id: string, more: Partial<OptionRule> = {}): OptionRule => ({
  id,
  title: id,
  because: "It is there.",
  consequence: "It stays.",
  ...more,
});
const rule = (id: string, options: (brief: Brief) => readonly OptionRule[]): DecisionRule => ({
  id,
  area: "structure",
  question: "Which?",
  evidence: "general",
  sources: [],
  propose: (brief) => [{ options: options(brief) }],
});

function flips(rules: readonly DecisionRule[]) {
  const { Orders, customer, contexts } = sample();
  const place = Orders.command("place", { allow: [customer], async handle() {} });
  const model = modelOf(contexts, { team: 4, budget: "600 EUR/month", load: [{ on: place, mean: "5/s", peak: "60/s" }] });
  return flipsOf(stateOf(undecided(model, rules)));
}

test("a hard limit flips where it is reached, and not a hair before", () => {
  const found = flips([
    rule("size", ({ quantities }) => [
      option("small", { needs: [needAtMost(quantities.load.peakOf("orders.place"), exact(150), "so")] }),
      option("large"),
    ]),
  ]);
  const flip = found.get("size")?.find(({ input }) => input === "orders.place.peak");
  expect([flip?.to, flip?.from]).toEqual(["large", 60]);
  expect(flip?.at).toBeGreaterThan(150);
  expect(flip?.at).toBeLessThan(150.001);
});

test("two costs flip where they cross", () => {
  const found = flips([
    rule("plan", ({ quantities }) => [
      option("by use", { score: product(quantities.promises.team, exact(10)) }),
      option("flat", { score: sum(exact(73)) }),
    ]),
  ]);
  expect(found.get("plan")?.map(({ input, to, at }) => [input, to, at.toFixed(3)])).toEqual([["team", "flat", "7.300"]]);
});

test("both neighbours of a ladder are told, the nearer first", () => {
  const rungs = [10, 20, 40, 80, 160].map(
    (most) => (brief: Brief) => option(`up to ${most}`, { needs: [needAtMost(brief.quantities.promises.team, exact(most / 8), "so")] }),
  );
  const found = flips([rule("ladder", (brief) => rungs.map((rung) => rung(brief)))]);
  expect(found.get("ladder")?.map(({ to, at }) => [to, at.toFixed(2)])).toEqual([
    ["up to 80", "5.00"],
    ["up to 20", "2.50"],
  ]);
});

test("a pinned choice does not flip", () => {
  const { contexts } = sample();
  const model = { ...modelOf(contexts, { team: 4 }) };
  const pinned = { ...model, requirements: { ...model.requirements, pins: [{ decision: "plan", choose: "b", because: "so" }] } };
  const open = undecided(pinned, [
    rule("plan", ({ quantities }) => [option("a", { score: quantities.promises.team }), option("b", { score: exact(5) })]),
  ]);
  const { choice } = open.decisions[0] as { choice: Choice }; // There is just one.
  expect([stateOf(open).values[open.sheet.placeOf.get(choice) ?? -1], flipsOf(stateOf(open)).get("plan")]).toEqual([1, []]);
});
