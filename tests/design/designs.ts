import type { Design } from "@archwright/model";
import { undecided, type Undecided } from "../../packages/compiler/src/decide/deciding.ts";
import { designOf } from "../../packages/compiler/src/design/design.ts";
import { examples } from "../examples.ts";

export type Example = keyof typeof examples;

/** What is decided of an example, and its design without the tipping points, which take long. Worked out once for all tests. */
export interface Designed {
  readonly name: Example;
  readonly open: Undecided;
  readonly design: Design;
}

export function designed(name: Example): Designed {
  const known = made.get(name);
  if (known) return known;
  const open = undecided(examples[name]);
  const one = { name, open, design: designOf(open, { flips: false }) };
  made.set(name, one);
  return one;
}

const made = new Map<Example, Designed>();

// Its keys are those of the examples.
export const exampleNames = Object.keys(examples) as Example[];
