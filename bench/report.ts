import type { Budget } from "./budgets.ts";
import type { CheckCosts } from "./check-cost.ts";
import type { DesignCosts } from "./design-cost.ts";
import type { Machine } from "./machine.ts";
import type { StartTimes } from "./start-time.ts";
import { inMiddle, renderTable } from "./table.ts";

/** Everything that was measured: what `--json` prints. */
export interface Measured {
  readonly machine: Machine;
  /** Of each figure, after a warm-up. */
  readonly runs: number;
  readonly check?: CheckCosts;
  readonly design?: DesignCosts;
  readonly start?: StartTimes;
  readonly budgets: readonly Budget[];
}

/** The same for a person. */
export function renderReport({ machine, runs, check, design, start, budgets }: Measured): string {
  const { processor, cores, memoryBytes, system, node, load } = machine;
  const busy = load > cores / 2 ? " The machine was busy: times are too long." : "";
  return [
    `${processor}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system}, Node ${node}, load ${load.toFixed(1)}.${busy}\n` +
      `Medians of ${runs} runs after a warm-up, with the least and the most; times in milliseconds.\n`,
    ...(check ? [checkTable(check)] : []),
    ...(design ? [designTable(design)] : []),
    ...(start ? [startTable(start)] : []),
    budgetLines(budgets),
  ].join("\n");
}

function checkTable({ command, sizes, types }: CheckCosts): string {
  const none = "";
  return `archwright check, on generated models of as many commands as entities\n${renderTable([
    ["entities", "wall", "CPU", "CPU each beyond the smallest", "peak memory, MiB"],
    ["none (--version)", inMiddle(command.wallMs), inMiddle(command.cpuMs), none, none],
    ...sizes.map(({ size, wallMs, cpuMs, peakBytes, cpuMsEach }) => [
      String(size),
      inMiddle(wallMs),
      inMiddle(cpuMs),
      cpuMsEach === undefined ? none : cpuMsEach.toFixed(2),
      (peakBytes.median / 2 ** 20).toFixed(0),
    ]),
    [`${types.size}, tsc --noEmit`, inMiddle(types.wallMs), inMiddle(types.cpuMs), none, none],
  ])}`;
}

function designTable({ sizes }: DesignCosts): string {
  return `archwright design, on the shop beside itself\n${renderTable([
    ["contexts", "decisions", "decide", "decide again", "what-if", "with tipping points, once"],
    ...sizes.map(({ contexts, decisions, decideMs, againMs, whatIfMs, wholeMs }) => [
      String(contexts),
      String(decisions),
      inMiddle(decideMs, 1),
      inMiddle(againMs, 2),
      inMiddle(whatIfMs, 2),
      wholeMs.median.toFixed(0),
    ]),
  ])}`;
}

function startTable({ first, next, besidePostgres, peer }: StartTimes): string {
  const rows = [
    ["archwright dev, no database yet", first],
    ["archwright dev, once more", next],
    ["archwright dev, PostgreSQL runs already", besidePostgres],
    ["Fastify and pg by hand, PostgreSQL runs already", peer],
  ] as const;
  return `From the start of the process to the first 200 of the shop\n${renderTable([
    ["", "wall", "CPU of Node", "CPU of PostgreSQL and its tools"],
    ...rows.map(([name, { wallMs, nodeCpuMs, otherCpuMs }]) => [name, inMiddle(wallMs), inMiddle(nodeCpuMs), inMiddle(otherCpuMs)]),
  ])}`;
}

function budgetLines(budgets: readonly Budget[]): string {
  return budgets
    .map(({ name, limit, unit, measured, met }) => `${met ? "met   " : "missed"}  ${name}: ${measured.toFixed(0)} of ${limit} ${unit}\n`)
    .join("");
}
