import { constantDecisions, decisions, designOf, undecided, type DecisionRule } from "@archwright/compiler";
import type { Design } from "@archwright/model";
import { expect, test, vi } from "vitest";
import { randomModel } from "../../packages/compiler/src/decide/random-model.ts";
import { chosenOf, stateOf } from "../../packages/compiler/src/design/state.ts";
import { examples } from "../examples.ts";

// All tipping points of all examples.
vi.setConfig({ testTimeout: 300_000 });

const designs = new Map<string, Design>(Object.entries(examples).map(([name, model]) => [name, designOf(undecided(model))]));

/** Of a rule, over a hundred random models. */
const chosenAtRandom = (id: string): ReadonlySet<string> =>
  new Set(
    Array.from({ length: 100 }, (_, seed) => stateOf(undecided(randomModel(seed)))).flatMap((state) =>
      state.open.decisions.flatMap((deciding) => (deciding.rule.id === id ? [chosenOf(state, deciding).option.id] : [])),
    ),
  );

const constants = constantDecisions(decisions, designs);

test("every decision varies over the examples, or some number of theirs changes it", () => {
  const faults = constants.filter(({ decidedIn, nearest }) => decidedIn.length > 0 && nearest === undefined);
  expect(
    faults.map(({ rule, chosen, decidedIn }) => `${rule} is ${chosen ?? ""} in ${decidedIn.join(", ")}, whatever anybody answers`),
  ).toEqual([]);
});

test("a decision that no example has to take varies over random models", () => {
  const silent = constants.filter(({ decidedIn }) => decidedIn.length === 0);
  expect(
    silent.flatMap(({ rule }) =>
      chosenAtRandom(rule).size > 1 ? [] : [`${rule} is never anything else than ${[...chosenAtRandom(rule)].join("")}`],
    ),
  ).toEqual([]);
});

test("a decision that nothing changes would be found", () => {
  const [design] = designs.values();
  const first = design?.decisions[0];
  const rule: Pick<DecisionRule, "id" | "area" | "question"> = { id: "sky", area: "structure", question: "What colour has the sky?" };
  const frozen = design && first && { ...design, decisions: [{ ...first, id: "sky", rule: "sky", chosen: "blue", flips: [] }] };
  expect(frozen && constantDecisions([rule], new Map([["one", frozen]]))).toEqual([
    { rule: "sky", area: "structure", question: rule.question, chosen: "blue", decidedIn: ["one"] },
  ]);
});
