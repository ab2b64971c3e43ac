import type { Progress } from "./progress.ts";
import { spreadOf, spreadsOf, type Spread } from "./spread.ts";
import { peakBytesOf, timeCommand, type Cost } from "./timed-command.ts";
import { archwright, modelFolder, tsc } from "./workspace.ts";

/** What `archwright check` costs on generated models, and what `tsc` does on the largest question of the issue. */
export interface CheckCosts {
  /** `archwright --version`: what the command costs before it has read anything. */
  readonly command: Costs;
  readonly sizes: readonly SizedCosts[];
  readonly types: Costs & { readonly size: number };
}

export interface Costs {
  readonly wallMs: Spread;
  readonly cpuMs: Spread;
}

export interface SizedCosts extends Costs {
  /** Entities, and as many commands. */
  readonly size: number;
  readonly peakBytes: Spread;
  /** CPU time beyond that of the smallest model, for each entity with its command beyond the smallest's: equal at all sizes if the cost is linear. */
  readonly cpuMsEach?: number;
}

/** The size that has the budget. */
export const judgedSize = 400;
const smallest = 10;
const sizes = [smallest, 50, 100, 200, judgedSize, 800];
const warmUps = 1;

export async function measureCheck(runs: number, progress: Progress): Promise<CheckCosts> {
  progress.subject("the command itself");
  const command = await costs(runs, progress, () => timeCommand([archwright, "--version"]));
  const measured: SizedCosts[] = [];
  for (const size of sizes) {
    progress.subject(`check of ${size} entities and ${size} commands`);
    measured.push(await checkOf(size, runs, progress));
  }
  progress.subject(`tsc of ${judgedSize} entities and ${judgedSize} commands`);
  const types = await costs(runs, progress, () => timeCommand([tsc, "--noEmit", "-p", modelFolder(judgedSize)]));
  const [least] = measured;
  return {
    command,
    sizes: measured.map((one) =>
      least === undefined || one === least ? one : { ...one, cpuMsEach: (one.cpuMs.median - least.cpuMs.median) / (one.size - least.size) },
    ),
    types: { size: judgedSize, ...types },
  };
}

async function checkOf(size: number, runs: number, progress: Progress): Promise<SizedCosts> {
  const words = [archwright, "check", modelFolder(size)];
  const spent = await costs(runs, progress, () => timeCommand(words));
  const peaks: number[] = [];
  while (peaks.length < memoryRuns) peaks.push(await peakBytesOf(words));
  return { size, ...spent, peakBytes: spreadOf(peaks) };
}

const memoryRuns = 3;

async function costs(runs: number, progress: Progress, once: () => Promise<Cost>): Promise<Costs> {
  const measured: Cost[] = [];
  for (let done = -warmUps; done < runs; done += 1) {
    progress.run(Math.max(0, done), runs);
    const cost = await once();
    if (done >= 0) measured.push(cost);
  }
  return spreadsOf(measured);
}
