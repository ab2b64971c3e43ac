import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure, UsageError } from "./command.ts";
import { explanationOf, renderWords } from "./explanation.ts";
import { paintFor } from "./terminal/paint.ts";

const words = { what: "Port 3000 is taken.", why: "Another program listens on it.", fix: "Name another port." };

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test("a wrong call ends with 2, and what did not work with 1", () => {
  expect([explanationOf(new UsageError(words)).status, explanationOf(new Failure(words)).status]).toEqual([2, 1]);
});

test("an error that brings its own words keeps them", () => {
  expect(explanationOf(Object.assign(new Error("all in one"), words))).toEqual({ status: 1, ...words });
});

test("a refusal of the operating system names the file and what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "archwright-"));
  try {
    const { what, fix } = explanationOf(thrownBy(() => readFileSync(join(folder, "none.json"))));
    expect([what, fix]).toEqual([`${folder}/none.json: there is no such file or folder.`, "Name one that exists."]);
    // The name is not always said.
    expect(explanationOf(thrownBy(() => readFileSync(folder)))).toMatchObject({
      what: expect.stringMatching(/^EISDIR/),
      fix: "Name a file.",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a mistake of ours says so, in one line and without a stack", () => {
  const { status, what, fix } = explanationOf(new TypeError("x is undefined\n    at nowhere"));
  expect([status, what]).toEqual([1, "This should not have happened: x is undefined"]);
  expect(fix).toContain("ARCHWRIGHT_STACK=1");
});

test("words are wrapped to the terminal, below their labels", () => {
  expect(renderWords(words, { width: 38, paint: paintFor(false) })).toMatchInlineSnapshot(`
    "error  Port 3000 is taken.
      why Another program listens on it.
      fix Name another port.
    "
  `);
});
