import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// Each mistake of rejected.ts is a block: what it is, what tsc says first, the mark that it is an error, and the statement.
const repository = fileURLToPath(new URL("../..", import.meta.url));
const source = readFileSync(new URL("rejected.ts", import.meta.url), "utf8");
const lines = source.split("\n");

interface Mistake {
  readonly title: string;
  readonly verdict: string;
  readonly message: string;
  /** Counted from one. */
  readonly statementLine: number;
}

const mistakes = lines.flatMap((line, index): Mistake[] => {
  const said = /^\/\/ {3}(ours|plain|long): (.*)$/.exec(line);
  return said
    ? [{ title: lines[index - 1]?.slice(3) ?? "", verdict: said[1] ?? "", message: said[2] ?? "", statementLine: index + 3 }]
    : [];
});

test("there are 59 mistakes, each with its message", () => {
  expect(mistakes).toHaveLength(59);
});

test("each mistake is refused with the words that stand above it", () => {
  const messages = firstMessages();
  const unlike = mistakes.filter(({ message, statementLine }) => !isLike(messages.get(statementLine), message));
  expect(
    unlike.map(({ title, message, statementLine }) => ({ title, expected: message, said: messages.get(statementLine) ?? "accepted" })),
  ).toEqual([]);
});

/** What tsc says first at each line, once the marks are gone that make it expect an error. */
function firstMessages(): ReadonlyMap<number, string> {
  const folder = join(repository, "node_modules/.cache/archwright-rejected");
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(
      join(folder, "rejected.ts"),
      source.replace(/^\/\/ @ts-expect-error$/gm, "//").replace("../../examples", "../../../examples"),
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../tsconfig.base.json",
        compilerOptions: { noEmit: true, composite: false, rootDir: repository, allowImportingTsExtensions: true },
        include: [],
        files: ["rejected.ts"],
      }),
    );
    return messagesByLine(typeCheck(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function typeCheck(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout: string }).stdout; // tsc reports on standard output and exits with 1 or 2.
  }
}

function messagesByLine(report: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const line of report.split("\n")) {
    const diagnostic = /rejected\.ts\((\d+),\d+\): error TS\d+: (.*)$/.exec(line);
    const at = Number(diagnostic?.[1]);
    if (diagnostic && !found.has(at)) found.set(at, diagnostic[2] ?? "");
  }
  return found;
}

/** An ellipsis in the pinned words stands for what tsc prints of a whole type. */
function isLike(said: string | undefined, pinned: string): boolean {
  const pattern = pinned
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return said !== undefined && new RegExp(`^${pattern}`).test(said);
}
