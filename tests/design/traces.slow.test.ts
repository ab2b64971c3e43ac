import { expect, test } from "vitest";
import { undecided } from "../../packages/compiler/src/decide/deciding.ts";
import { randomModel } from "../../packages/compiler/src/decide/random-model.ts";
import { designOf } from "../../packages/compiler/src/design/design.ts";
import { designFaults, gathered } from "./traces.ts";

/** Tipping points are looked for in a few only: they take most of the time. */
const withFlips = 5;

test("every number that the design of a random model tells is explained, down to what is given", { timeout: 600_000 }, () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);
  const faultsOf = (seed: number): readonly string[] => designFaults(designOf(undecided(randomModel(seed)), { flips: seed < withFlips }));
  expect(gathered(seeds.map((seed) => [`random model ${seed}`, faultsOf(seed)]))).toEqual([]);
});
