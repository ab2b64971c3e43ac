import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modelFolder } from "../workspace.ts";

const root = new URL("../../", import.meta.url).pathname;

test("the largest model of the benchmark satisfies a strict tsc", () => {
  const folder = modelFolder(800, mkdtempSync(join(root, "node_modules", ".cache", "model-")));
  try {
    const words = [
      join(root, "node_modules/typescript/bin/tsc"),
      "--noEmit",
      "--customConditions",
      "archwright-source",
      "--types",
      "node",
      "-p",
      folder,
    ];
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
