import { expect, test } from "vitest";
import { budgetsOf } from "./budgets.ts";
import type { CheckCosts } from "./check-cost.ts";
import { renderReport } from "./report.ts";
import { spreadOf } from "./spread.ts";

const costs = (...ms: readonly number[]) => ({ wallMs: spreadOf(ms), cpuMs: spreadOf(ms) });
const check = (ms: number): CheckCosts => ({
  command: costs(90, 100, 110),
  sizes: [
    { size: 10, ...costs(200, 210, 220), peakBytes: spreadOf([100 * 2 ** 20]) },
    { size: 400, ...costs(ms - 50, ms, ms + 50), peakBytes: spreadOf([250 * 2 ** 20]), cpuMsEach: 1.25 },
  ],
  types: { size: 400, ...costs(1_000) },
});
const machine = { processor: "A processor", cores: 2, memoryBytes: 8 * 2 ** 30, system: "linux 6", node: "v20.19.0", load: 0.2 };

test("a budget is judged by the median, and is met below its limit", () => {
  expect(budgetsOf({ check: check(999) })).toMatchObject([{ limit: 1_000, measured: 999, met: true }]);
  expect(budgetsOf({ check: check(1_000) })).toMatchObject([{ met: false }]);
});

test("the report says on what, how often, and what it came to", () => {
  const measured = check(1_200);
  expect(renderReport({ machine, runs: 3, check: measured, budgets: budgetsOf({ check: measured }) })).toMatchInlineSnapshot(`
    "A processor, 2 cores, 8 GiB, linux 6, Node v20.19.0, load 0.2.
    Medians of 3 runs after a warm-up, with the least and the most; times in milliseconds.

    archwright check, on generated models of as many commands as entities
      entities                       wall               CPU  CPU each beyond the smallest  peak memory, MiB
      none (--version)       100 (90–110)      100 (90–110)
      10                    210 (200–220)     210 (200–220)                                             100
      400                1200 (1150–1250)  1200 (1150–1250)                          1.25               250
      400, tsc --noEmit  1000 (1000–1000)  1000 (1000–1000)

    missed  check of 400 entities and 400 commands, CPU: 1200 of 1000 ms
    "
  `);
});

test("a busy machine is said to be busy", () => {
  expect(renderReport({ machine: { ...machine, load: 3 }, runs: 1, budgets: [] })).toContain("The machine was busy");
});
