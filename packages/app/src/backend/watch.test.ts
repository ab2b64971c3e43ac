import { mkdirSync, mkdtempSync, renameSync, rmSync, watch as watchWithNode, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchFiles, type Watching } from "./watch.ts";

let root = "";
let watching: Watching | undefined;
let told: string[][] = [];
/** How often the operating system has said something. */
let heard = 0;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "archwright-watch-"));
  write("system.ts", "1");
  told = [];
});
afterEach(() => {
  vi.useRealTimers();
  watching?.close();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

const onChange = (files: readonly string[]): void => void told.push(files.map((file) => relative(root, file)).sort());

function watch(files: readonly string[] = ["system.ts"]): void {
  watching = watchFiles({
    root,
    onChange,
    onFailure: (error) => {
      throw error;
    },
    watchFolder: (folder, onEvent) =>
      watchWithNode(folder, (event, name) => {
        heard += 1;
        onEvent(event, name);
      }),
  });
  watching.follow(files.map((file) => join(root, file)));
}

const assertTold = (...files: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(told.flat()).toEqual(expect.arrayContaining([...files])), { timeout: 4_000 });

test("a file that is written is told once, however many steps that takes", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  watch();
  for (const text of ["a", "ab", "abc"]) {
    const before = heard;
    write("system.ts", text);
    while (heard === before) await sleep(5);
    vi.advanceTimersByTime(20);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([["system.ts"]]);
});

test("a file that an editor replaces is told, and so is the next change", async () => {
  watch();
  write("system.ts.new", "2");
  renameSync(join(root, "system.ts.new"), join(root, "system.ts"));
  await assertTold("system.ts");
  told = [];
  write("system.ts", "3");
  await assertTold("system.ts");
});

test("a file of a folder elsewhere is told when it is one of those that are followed", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "archwright-watch-"));
  try {
    writeFileSync(join(elsewhere, "shared.ts"), "1");
    watch(["system.ts", relative(root, join(elsewhere, "shared.ts"))]);
    writeFileSync(join(elsewhere, "shared.ts"), "2");
    await assertTold(relative(root, join(elsewhere, "shared.ts")));
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("a new folder is watched, with what was written into it meanwhile", async () => {
  watch();
  write("billing/invoices/invoice.ts", "1");
  await assertTold("billing/invoices/invoice.ts");
  told = [];
  write("billing/invoices/invoice.ts", "2");
  await assertTold("billing/invoices/invoice.ts");
});

test("what programs write is not told", async () => {
  watch();
  for (const path of [
    "node_modules/a/index.js",
    ".archwright/postgres.json",
    ".system.ts.swp",
    "build/openapi.json",
    "notes.md",
    "system.ts~",
  ])
    write(path, "1");
  await sleep(200);
  expect(told).toEqual([]);
});

test("nothing is told after it is closed", async () => {
  watch();
  write("system.ts", "2");
  watching?.close();
  await sleep(200);
  expect(told).toEqual([]);
});

test("folders that the operating system will not watch are one failure, and no crash", () => {
  write("orders/order.ts", "1");
  const failures: string[] = [];
  const refused = Object.assign(new Error("ENOSPC: System limit for number of file watchers reached"), { code: "ENOSPC" });
  watching = watchFiles({
    root,
    onChange,
    onFailure: ({ message }) => failures.push(message),
    watchFolder: () => {
      throw refused;
    },
  });
  watching.follow([join(root, "system.ts"), join(root, "orders/order.ts")]);
  expect(failures).toEqual([refused.message]);
});
