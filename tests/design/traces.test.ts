import { describe, expect, test, vi } from "vitest";
import { undecided } from "../../packages/compiler/src/decide/deciding.ts";
import { randomModel } from "../../packages/compiler/src/decide/random-model.ts";
import { designed, exampleNames } from "./designs.ts";
import { designFaults, gathered, groundFaults } from "./traces.ts";

// The design of an example takes a second, and longer where many run at once.
vi.setConfig({ testTimeout: 60_000 });

describe("every number that nobody reckoned is an input with its ground, or a number by definition", () => {
  test("in the examples", () => {
    expect(gathered(exampleNames.map((name) => [name, groundFaults(designed(name).open)]))).toEqual([]);
  });

  test("in a hundred random models", () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    expect(gathered(seeds.map((seed) => [`random model ${seed}`, groundFaults(undecided(randomModel(seed)))]))).toEqual([]);
  });
});

test("every number that the design of an example tells is explained, down to what is given", () => {
  expect(gathered(exampleNames.map((name) => [name, designFaults(designed(name).design)]))).toEqual([]);
});
