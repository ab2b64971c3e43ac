import type { Undecided } from "@archwright/compiler";
import type { Design } from "@archwright/model";
import type { Surroundings } from "../command.ts";
import { colorOf } from "../terminal/output.ts";
import { startProgress } from "../terminal/progress.ts";

const patienceMs = 300;

/** A design with its tipping points. Whoever waits for it at a terminal sees how far it is. */
export async function awaitedDesign(open: Undecided, { stderr, environment }: Surroundings, silent: boolean): Promise<Design> {
  const { designOf } = await import("@archwright/compiler");
  const progress = startProgress({ stream: stderr, silent: silent || stderr.isTTY !== true, color: colorOf(stderr, environment) });
  const start = performance.now();
  let shownAt = 0;
  const design = designOf(open, {
    onTried: (done, total) => {
      const now = performance.now();
      if (now - Math.max(start + patienceMs, shownAt + patienceMs / 3) < 0) return;
      if (shownAt === 0) progress.step("Looking for where each choice tips");
      shownAt = now;
      progress.update(done, total);
    },
  });
  if (shownAt > 0) progress.done();
  return design;
}
