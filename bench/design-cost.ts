import { execFileSync } from "node:child_process";
import { designOf, differenceOf, stateOf, undecided } from "@archwright/compiler";
import type { Model } from "@archwright/model";
import { sideBySide } from "./design/side-by-side.ts";
import type { Progress } from "./progress.ts";
import { spreadsOf, type Spread } from "./spread.ts";
import { archwright } from "./workspace.ts";

/** What deciding costs, on the shop beside itself: from the model, again with another answer, and with every tipping point. */
export interface DesignCosts {
  readonly sizes: readonly DesignCost[];
}

export interface DesignCost {
  readonly contexts: number;
  readonly decisions: number;
  /** From the model to every choice. */
  readonly decideMs: Spread;
  /** Every choice once more, after one answer has changed. */
  readonly againMs: Spread;
  /** What changed by it, as `--what-if` tells. */
  readonly whatIfMs: Spread;
  /** Questions, bill, limits and tipping points: all that `archwright design` tells. */
  readonly wholeMs: Spread;
}

/** The size that has the budget. */
export const judgedContexts = 50;
const contextsOfShop = 5;
const sizes = [1, 2, 5, judgedContexts / contextsOfShop, 20];

export function measureDesign(runs: number, progress: Progress): DesignCosts {
  const shop = JSON.parse(execFileSync(process.execPath, [archwright, "model", "--json", "examples/shop"], { encoding: "utf8" })) as Model; // What the command prints.
  return {
    sizes: sizes.map((times) => {
      progress.subject(`design of ${times * contextsOfShop} contexts`);
      return costOf(sideBySide(shop, times), runs, progress);
    }),
  };
}

function costOf(model: Model, runs: number, progress: Progress): DesignCost {
  const open = undecided(model);
  const base = stateOf(open);
  const places = open.sheet.formulas.flatMap((formula, place) => (formula.kind === "input" && formula.id.endsWith(".peak") ? [place] : []));
  const measured = Array.from({ length: runs + warmUps }, (_, run) => {
    progress.run(Math.max(0, run - warmUps), runs);
    const changes = new Map(places.slice(0, 1).map((place) => [place, 100 + run]));
    return {
      decideMs: timeOf(() => stateOf(undecided(model))),
      againMs: timeOf(() => stateOf(open, changes)),
      whatIfMs: timeOf(() => differenceOf(base, stateOf(open, changes))),
      // Seconds, and steady: once is enough.
      wholeMs: run === 0 ? timeOf(() => designOf(open)) : Number.NaN,
    };
  });
  const [first] = measured;
  const rows = measured.slice(warmUps).map((row) => ({ ...row, wholeMs: first?.wholeMs ?? Number.NaN }));
  return { contexts: model.contexts.length, decisions: open.decisions.length, ...spreadsOf(rows) };
}

const warmUps = 4;

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
