import { expect, test } from "vitest";
import { undecided, type Deciding } from "../decide/deciding.ts";
import { randomModel } from "../decide/random-model.ts";
import { chosenPlace, inputsOf, stateOf } from "./state.ts";

const models = 60;

function climbs({ rule, proposal }: Deciding, input: string): boolean {
  return rule.climbsWith?.some((end) => (end.startsWith(".") ? input === `${proposal.about ?? ""}${end}` : input.endsWith(end))) ?? false;
}

/** Where a ladder is climbed down although what it climbs with has grown. */
function fallsOf(seed: number): { readonly tried: number; readonly falls: readonly string[] } {
  const open = undecided(randomModel(seed));
  const state = stateOf(open);
  const ladders = open.decisions.filter(({ rule, choice }) => rule.climbsWith !== undefined && choice.pinned === undefined);
  const grown = inputsOf(open).filter(({ input }) => ladders.some((ladder) => climbs(ladder, input.id)));
  const trials = grown.flatMap(({ input, place }) =>
    [1.5, 3, 10].map((times) => ({ input, times, after: stateOf(open, new Map([[place, input.value * times]])) })),
  );
  const falls = trials.flatMap(({ input, times, after }) =>
    ladders.flatMap((ladder) =>
      climbs(ladder, input.id) && chosenPlace(after, ladder) < chosenPlace(state, ladder)
        ? [`seed ${seed}: ${ladder.id} with ${input.id} × ${times}`]
        : [],
    ),
  );
  return { tried: trials.length * ladders.length, falls };
}

test("a ladder is never climbed down by what its rule says that it climbs with", () => {
  const found = Array.from({ length: models }, (_, seed) => fallsOf(seed + 1));
  expect(found.flatMap(({ falls }) => falls)).toEqual([]);
  expect(found.reduce((total, { tried }) => total + tried, 0)).toBeGreaterThan(1_000);
}, 60_000);
