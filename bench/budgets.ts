import { judgedSize, type CheckCosts } from "./check-cost.ts";
import { judgedContexts, type DesignCosts } from "./design-cost.ts";
import type { StartTimes } from "./start-time.ts";

/** What a figure may be, and what it is. */
export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly unit: "ms";
  readonly measured: number;
  readonly met: boolean;
}

const checkCpuMs = 1_000;
const decideMs = 50;
const startCpuMs = 1_500;

interface Figures {
  readonly check?: CheckCosts;
  readonly design?: DesignCosts;
  readonly start?: StartTimes;
}

/** The promises of the project about its own speed, judged by medians. */
export function budgetsOf({ check, design, start }: Figures): readonly Budget[] {
  const judged = check?.sizes.find(({ size }) => size === judgedSize);
  const decided = design?.sizes.find(({ contexts }) => contexts === judgedContexts);
  return [
    ...(decided
      ? [within(`every decision of ${judgedContexts} contexts, after an answer has changed`, decideMs, decided.againMs.median)]
      : []),
    ...(judged ? [within(`check of ${judgedSize} entities and ${judgedSize} commands, CPU`, checkCpuMs, judged.cpuMs.median)] : []),
    ...(start ? [within("start of the shop without a database, CPU of Node", startCpuMs, start.first.nodeCpuMs.median)] : []),
    ...(start ? [within("start of the shop with its database, CPU of Node", startCpuMs, start.next.nodeCpuMs.median)] : []),
  ];
}

const within = (name: string, limit: number, measured: number): Budget => ({ name, limit, unit: "ms", measured, met: measured < limit });
