import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tidy } from "./tidy.ts";

test("this repository is tidy", () => {
  expect(tidy(repository())).toEqual([]);
});

describe("imports", () => {
  test("a package imports only what the table allows", () => {
    expect(tidy([file("packages/compiler/src/x.ts", 'import { serve } from "@archwright/runtime";')])).toEqual([
      "packages/compiler/src/x.ts:1: compiler may not import @archwright/runtime (it may: model, resilience): let app hand over what it needs",
    ]);
    expect(tidy([file("packages/model/src/x.ts", 'export type { Plan } from "archwright";')])).toEqual([
      "packages/model/src/x.ts:1: model may not import archwright (it may: nothing): let app hand over what it needs",
    ]);
    expect(tidy([file("packages/app/src/x.ts", 'import { serve } from "@archwright/runtime";')])).toEqual([]);
  });

  test("an example knows nothing but the package that people install", () => {
    expect(tidy([file("examples/shop/system.ts", 'import { t } from "archwright";\nimport { Money } from "@archwright/model";')])).toEqual([
      "examples/shop/system.ts:2: examples may not import @archwright/model (it may: app): let app hand over what it needs",
    ]);
  });

  test("a relative import stays inside its package", () => {
    const [sentence] = tidy([file("packages/app/src/check.test.ts", 'const lint = await import("../../compiler/src/lint/run.ts");')]);
    expect(sentence).toBe(
      'packages/app/src/check.test.ts:1: "../../compiler/src/lint/run.ts" leaves its package: import the other package by its name',
    );
    expect(tidy([file("packages/app/src/check.test.ts", 'import shop from "../../../examples/shop/system.ts";')])).toEqual([]);
  });

  test("a pure package imports nothing from outside, its tests may", () => {
    const text = 'import { readFileSync } from "node:fs";';
    expect(tidy([file("packages/resilience/src/breaker.ts", text)])).toEqual([
      "packages/resilience/src/breaker.ts:1: resilience is pure and may not import node:fs: take what it gives as an argument",
    ]);
    expect(tidy([file("packages/resilience/src/breaker.test.ts", text)])).toEqual([]);
  });

  test("only the runtime knows Fastify and PostgreSQL", () => {
    expect(tidy([file("packages/app/src/dev.ts", 'import pg from "pg";\nimport ui from "@fastify/swagger-ui";')])).toEqual([
      "packages/app/src/dev.ts:1: only runtime knows pg: put what needs it there",
      "packages/app/src/dev.ts:2: only runtime knows @fastify/swagger-ui: put what needs it there",
    ]);
    expect(tidy([file("packages/runtime/src/server.ts", 'import pg from "pg";')])).toEqual([]);
  });
});

describe("what code reaches", () => {
  test.each(["Date.now()", "new Date()", "Math.random()", "performance.now()", "process.env", "crypto.randomUUID()", "fetch(url)"])(
    "a pure package does without %s",
    (expression) => {
      expect(tidy([file("packages/model/src/x.ts", `export const x = ${expression};`)])).toHaveLength(1);
      expect(tidy([file("packages/runtime/src/x.ts", `export const x = ${expression};`)])).toEqual([]);
    },
  );

  test("an impure word is reported with its line and the way out", () => {
    expect(tidy([file("packages/compiler/src/x.ts", "\nexport const x = Date.now();")])).toEqual([
      "packages/compiler/src/x.ts:2: Date.now makes two runs differ: take a clock, randomness or a setting as an argument",
    ]);
  });

  test("comments, strings and given dates may speak of the clock", () => {
    const text = '// Not Date.now().\nexport const message = "No process.env here.";\nexport const day = new Date(0);';
    expect(tidy([file("packages/model/src/x.ts", text)])).toEqual([]);
  });

  test("only the app prints and exits", () => {
    const text = 'console.log("up");\nprocess.exit(1);';
    expect(tidy([file("packages/runtime/src/server.ts", text)])).toEqual([
      "packages/runtime/src/server.ts:1: console.log belongs to app, which alone prints and exits: answer a value or throw",
      "packages/runtime/src/server.ts:2: process.exit belongs to app, which alone prints and exits: answer a value or throw",
    ]);
    expect(tidy([file("packages/app/src/cli.ts", text)])).toEqual([]);
  });
});

describe("files", () => {
  test.each(["utils.ts", "string-utils.ts", "helpers/x.ts", "common.test.ts", "data.ts", "order-manager.ts"])(
    "%s is too vague a name",
    (name) => {
      expect(tidy([file(`packages/model/src/${name}`, "")])[0]).toMatch(/could hold anything: name it after what it holds$/);
    },
  );

  test("a sentence may hold a word that would be vague alone", () => {
    expect(tidy([file("packages/app/src/personal-data-needs-basis.ts", "")])).toEqual([]);
  });

  test("a file of 400 lines is the longest", () => {
    expect(tidy([file("packages/app/src/x.ts", "// A line.\n".repeat(400))])).toEqual([]);
    expect(tidy([file("packages/app/src/x.ts", "// A line.\n".repeat(401))])).toEqual([
      "packages/app/src/x.ts: 401 lines, over 400: split it by subject",
    ]);
  });

  test("only a system and a configuration are default exports", () => {
    expect(tidy([file("packages/app/src/x.ts", "export default class {}")])).toEqual([
      "packages/app/src/x.ts:1: export by name, so that one thing has one name; only a model's system is a default export",
    ]);
    expect(tidy([file("examples/shop/system.ts", 'export default system("shop", {});')])).toEqual([]);
    expect(tidy([file("vitest.config.ts", "export default {};")])).toEqual([]);
  });

  test("nothing is left for later", () => {
    expect(tidy([file("ARCHITECTURE.md", `It works.\n${"TO"}DO: say how.`)])).toEqual([
      "ARCHITECTURE.md:2: finish it or leave it out; a wish belongs in an issue",
    ]);
  });

  test("no file knows the machine it was written on", () => {
    expect(tidy([file("README.md", `See \`${"/ro"}ot/notes\`.`)])).toEqual([
      "README.md:1: a path of one machine: write it relative to the repository",
    ]);
  });

  test("the lock file names no registry", () => {
    expect(tidy([file("package-lock.json", '"resolved": "https://registry.example/a.tgz"')])).toHaveLength(1);
    expect(tidy([file("package-lock.json", '"resolved": "packages/app"')])).toEqual([]);
  });
});

describe("rules of the compiler", () => {
  const folder = "packages/compiler/src/lint";
  const rule = file(`${folder}/rules/reliability/call-needs-timeout.ts`, 'export const rule = { code: "reliability/call-needs-timeout" };');
  const ruleTest = file(`${folder}/rules/reliability/call-needs-timeout.test.ts`, "");
  const list = file(
    `${folder}/rules.ts`,
    'import { rule } from "./rules/reliability/call-needs-timeout.ts";\nexport const rules = [rule];',
  );

  test("a rule that is listed, tested and called by its path is tidy", () => {
    expect(tidy([rule, ruleTest, list])).toEqual([]);
  });

  test("a rule that is not listed is reported", () => {
    expect(tidy([rule, ruleTest])).toEqual([`${rule.path}: list the rule in ${list.path}, or nobody runs it`]);
  });

  test("a rule without a test is reported", () => {
    expect(tidy([rule, list])).toEqual([`${rule.path}: put a test beside the rule, with a reported and an accepted case`]);
  });

  test("a rule whose code is not its path is reported", () => {
    const renamed = file(rule.path, 'export const rule = { code: "reliability/timeout" };');
    expect(tidy([renamed, ruleTest, list])).toEqual([
      `${rule.path}:1: give the rule the code "reliability/call-needs-timeout", which is its path`,
    ]);
  });
});

function file(path: string, text: string): { path: string; text: string } {
  return { path, text };
}

function repository(folder = ""): { path: string; text: string }[] {
  const root = new URL("../", import.meta.url);
  return readdirSync(new URL(`./${folder}`, root), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : repository(`${path}/`);
    return entry.isFile() ? [file(path, readFileSync(new URL(path, root), "utf8"))] : [];
  });
}

const notOurs = new Set([".git", ".archwright", "node_modules", "dist", "coverage"]);
