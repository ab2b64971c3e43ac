import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, describe, test, vi } from "vitest";
import { loadModel } from "./load.ts";
import { installed, model, project, removeProjects, said } from "./testing.ts";

afterAll(removeProjects);
// Each test starts a process or more, which takes a while where many run at once.
vi.setConfig({ testTimeout: 30_000 });

const notes =
  'import { context, system, t } from "archwright";\nconst Notes = context("notes");\nexport const Note = Notes.entity("Note", { id: t.id("note"), text: t.text() });\n';

describe.concurrent("a model that loads", () => {
  test("a folder stands for its system.ts, and every item knows its line", async ({ expect }) => {
    const folder = project({ "system.ts": `${notes}export default system("hello", { contexts: [Notes] });\n` });
    const loaded = await loadModel(folder);
    if (!loaded.ok) throw new Error(said(loaded, folder));
    expect(loaded.file).toBe(join(folder, "system.ts"));
    expect(loaded.model.entities.map(({ id }) => id)).toEqual(["notes.Note"]);
    expect(loaded.model.origins["notes.Note"]).toEqual({ file: join(folder, "system.ts"), line: 3, column: 27 });
  });

  test("the model is frozen", async ({ expect }) => {
    const loaded = await loadModel(join(project({ "shop.mts": model() }), "shop.mts"));
    expect(Object.isFrozen(loaded.ok && loaded.model.requirements)).toBe(true);
  });

  test("the hash does not change with the lines, and changes with what is said", async ({ expect }) => {
    const folder = project({
      "plain.ts": `${notes}export default system("hello", { contexts: [Notes] });\n`,
      "spaced.ts": `\n\n${notes}\n\nexport default system("hello", { contexts: [Notes] });\n`,
      "other.ts": `${notes}export default system("hallo", { contexts: [Notes] });\n`,
    });
    const hashes = await Promise.all(
      ["plain.ts", "spaced.ts", "other.ts"].map((name) => loadModel(join(folder, name)).then((loaded) => loaded.ok && loaded.hash)),
    );
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  test("the files are those of the author: with enums, .js names, JSON, but no packages", async ({ expect }) => {
    const folder = project({
      "system.ts": model(
        'import { Level } from "./levels/level.js";',
        'import words from "./words.json" with { type: "json" };',
        'import { two } from "two";',
        "console.log(Level.high, words, two);",
      ),
      "levels/level.ts": "export enum Level { low = 1, high = 2 }\n",
      "words.json": '{"a":1}',
      ...installed("two", "export const two = 2;"),
    });
    let printed = "";
    const loaded = await loadModel(folder, { log: (text) => (printed += text) });
    expect(loaded.files.map((file) => relative(folder, file))).toEqual(["levels/level.ts", "system.ts", "words.json"]);
    expect(printed, "printed once, though the files run twice").toBe("2 { a: 1 } 2\n");
  });

  test("a module that two files import is one module", async ({ expect }) => {
    const folder = project({
      "system.ts": model(
        'import { key } from "./key.ts";',
        'import { other } from "./other.ts";',
        'if (key !== other) throw new Error("two keys");',
      ),
      "other.ts": 'import { key } from "./key.ts";\nexport const other = key;\n',
      "key.ts": "export const key = {};\n",
    });
    expect(said(await loadModel(folder), folder)).toBe("It loads.");
  });
});

describe.concurrent("a path that leads to no model", () => {
  test("names what is like it", async ({ expect }) => {
    const folder = project({ "shop/system.ts": model() });
    const path = relative(process.cwd(), join(folder, "shpo"));
    const loaded = await loadModel(path);
    expect(said(loaded, folder).replaceAll(relative(process.cwd(), folder), ".")).toMatchInlineSnapshot(`
      "load/no-such-file at no place
      There is no file or folder "./shpo".
      fix: Did you mean "./shop"?"
    `);
  });

  test("says that a folder holds no system, and that a file is no TypeScript", async ({ expect }) => {
    const folder = project({ "README.md": "# Shop\n" });
    const both = [await loadModel(folder), await loadModel(join(folder, "README.md"))].map((loaded) =>
      said(loaded, folder).replaceAll(folder, "."),
    );
    expect(both.join("\n")).toMatchInlineSnapshot(`
      "load/no-system-file at no place
      The folder "." holds no system.ts.
      fix: Write a system.ts there, or name the file itself.
      load/not-typescript at no place
      "./README.md" is no TypeScript.
      fix: Name a file that ends in .ts, .mts, .js or .mjs."
    `);
  });
});

describe.concurrent("a load that does not come to an end", () => {
  test("an endless loop is stopped, at its line", async ({ expect }) => {
    const folder = project({ "system.ts": model("interface Gone { lines: 1 }", "let turns = 0;", "while (true) turns += 1;") });
    expect(said(await loadModel(folder, { timeMs: 2000 }), folder)).toMatchInlineSnapshot(`
      "load/never-ends at system.ts:4:1
      system.ts was still running after 2 s.
      fix: End the loop that runs at this line."
    `);
  });

  test("a list that grows for ever is stopped before the memory is used up", async ({ expect }) => {
    const folder = project({ "system.ts": model("const all: string[] = [];", "while (true) all.push(String(all.length).repeat(50));") });
    const text = said(await loadModel(folder, { memoryMb: 100 }), folder);
    expect(text).toContain("load/out-of-memory");
    expect(text).toContain("system.ts needs more than 100 MB of memory to load.");
  });

  test("an await that nothing answers is found", async ({ expect }) => {
    const folder = project({
      "system.ts": model("async function later() { await 1; }", "const gone = await new Promise(() => {});", "void [later, gone];"),
    });
    expect(said(await loadModel(folder), folder)).toMatchInlineSnapshot(`
      "load/waits-forever at system.ts:3:14
      system.ts waits for something that never comes.
      fix: Write the value itself, and leave waiting to handlers."
    `);
  });
});

describe.concurrent("a model that is not the same twice", () => {
  test("is refused, with the first difference and its line", async ({ expect }) => {
    const folder = project({
      "system.ts":
        'import { context, system, t } from "archwright";\nconst counter: { loads?: number } = globalThis as never;\ncounter.loads = (counter.loads ?? 0) + 1;\nconst Notes = context("notes");\nNotes.entity("Note", { id: t.id("note"), text: t.text().max(counter.loads) });\nexport default system("hello", { contexts: [Notes] });\n',
    });
    expect(said(await loadModel(folder), folder)).toMatchInlineSnapshot(`
      "load/not-repeatable at system.ts:5:7
      Two loads of the same files make two models. They differ in entities › notes.Note › fields › text › max: 1 the first time, 2 the second.
      fix: Write the value itself instead of something that changes from run to run."
    `);
  });

  test("a package that counts starts anew, so it does no harm", async ({ expect }) => {
    const folder = project({
      "system.ts":
        'import { system } from "archwright";\nimport { next } from "esm";\nimport common from "common";\nexport default system(`s${next()}${common.next()}`, { contexts: [] });\n',
      ...installed("esm", "let n = 0; export const next = () => (n += 1);"),
      ...installed("common", "let n = 0; exports.next = () => (n += 1);", "commonjs"),
    });
    const loaded = await loadModel(folder);
    expect(loaded.ok && loaded.model.name).toBe("s11");
  });
});

test("the problem of a file carries the lines around it", async ({ expect }) => {
  const folder = project({ "system.ts": model("const a = 5 +;") });
  const loaded = await loadModel(folder);
  expect(loaded.ok ? "" : loaded.problems[0]?.frame?.replace(/^.*system\.ts/, "system.ts")).toMatchInlineSnapshot(`
    "system.ts:2:14
      1 │ import { context, system, t } from "archwright";
    > 2 │ const a = 5 +;
        │              ^
      3 │ export default system("sample", { contexts: [] });"
  `);
  expect(loaded.files).toEqual([join(folder, "system.ts")]);
});

test("a corrected file loads", async ({ expect }) => {
  const folder = project({ "system.ts": model("oops();") });
  expect((await loadModel(folder)).ok).toBe(false);
  writeFileSync(join(folder, "system.ts"), model());
  expect((await loadModel(folder)).ok).toBe(true);
});
