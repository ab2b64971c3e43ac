import { describe, expect, test } from "vitest";
import { watchTree } from "./process-tree.ts";
import { peakBytesOf, timeCommand } from "./timed-command.ts";

const burn = (ms: number): string =>
  `for (let spent = 0; spent < ${ms * 1000}; ) {
    for (let turn = 0; turn < 1e6; turn += 1);
    const { user, system } = process.cpuUsage();
    spent = user + system;
  }`;
const inChild = (code: string): string =>
  `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(code)}], { stdio: "inherit" });`;

describe("the cost of a command", () => {
  test("includes what its children used", async () => {
    const { cpuMs } = await timeCommand(["-e", inChild(burn(400))]);
    expect(cpuMs).toBeGreaterThanOrEqual(400);
    expect(cpuMs).toBeLessThan(1_500);
  });

  test("counts waiting as time, and not as work", async () => {
    const { wallMs, cpuMs } = await timeCommand(["-e", "setTimeout(() => {}, 600);"]);
    expect(wallMs).toBeGreaterThanOrEqual(600);
    expect(cpuMs).toBeLessThan(wallMs);
  });

  test("is not told of a command that failed", async () => {
    await expect(timeCommand(["-e", 'console.error("no model here"); process.exit(2);'])).rejects.toThrow(
      /ended with status 2: no model here/,
    );
    await expect(timeCommand(["-e", "process.exit(1);"], [0, 1])).resolves.toBeDefined();
  });
});

test("the peak of memory is that of all processes at once", async () => {
  const hold = `const held = Buffer.alloc(200 * 2 ** 20, 1); setTimeout(() => held.length, 300);`;
  expect(await peakBytesOf(["-e", inChild(hold)])).toBeGreaterThan(200 * 2 ** 20);
});

test("the CPU time of a tree tells Node from other programs", async () => {
  const tree = watchTree(process.pid, 10);
  await timeCommand(["-e", burn(300)]);
  const { nodeCpuMs, otherCpuMs } = tree.stop();
  expect(nodeCpuMs).toBeGreaterThanOrEqual(290);
  expect(otherCpuMs).toBeLessThan(100);
});
