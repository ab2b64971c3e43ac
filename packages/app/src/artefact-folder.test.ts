import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeArtefacts } from "./artefact-folder.ts";

let root = "";
let folder = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "archwright-artefacts-"));
  folder = join(root, "build");
});
afterEach(() => rmSync(root, { recursive: true }));

const api = { path: "openapi.json", text: "{}\n" };
const order = { path: "states/Order.mmd", text: "stateDiagram\n" };
const plain = { hash: "one", check: false, force: false };
const build = (artefacts: readonly (typeof api)[], options = {}): ReturnType<typeof writeArtefacts> =>
  writeArtefacts(folder, artefacts, { ...plain, ...options });

test("the first build writes everything, the second nothing", async () => {
  expect(await build([api, order])).toEqual({ changed: ["openapi.json", "states/Order.mmd"] });
  expect(readFileSync(join(folder, order.path), "utf8")).toBe(order.text);
  expect(await build([api, order])).toEqual({ changed: [] });
});

test("what no longer follows from the model is removed, and nothing else", async () => {
  await build([api, order]);
  writeFileSync(join(folder, "notes.txt"), "mine");
  expect(await build([api])).toEqual({ changed: ["states/Order.mmd"] });
  expect([existsSync(join(folder, order.path)), existsSync(join(folder, "notes.txt"))]).toEqual([false, true]);
});

describe("a file that was changed by hand", () => {
  beforeEach(async () => {
    await build([api, order]);
    writeFileSync(join(folder, api.path), "mine");
  });

  test("is not overwritten, and named", async () => {
    await expect(build([{ ...api, text: "{ }" }, order])).rejects.toThrow(
      `A file of ${folder} changed since the last build: openapi.json.`,
    );
    expect(readFileSync(join(folder, api.path), "utf8")).toBe("mine");
  });

  test("is overwritten by force", async () => {
    expect(await build([api, order], { force: true })).toEqual({ changed: ["openapi.json"] });
    expect(readFileSync(join(folder, api.path), "utf8")).toBe(api.text);
  });

  test("is not removed either", async () => {
    await expect(build([order])).rejects.toThrow("openapi.json");
    expect(existsSync(join(folder, api.path))).toBe(true);
  });
});

describe("a folder that no build has written", () => {
  beforeEach(() => {
    mkdirSync(folder);
    writeFileSync(join(folder, "README.md"), "mine");
  });

  test("is refused", async () => {
    await expect(build([api])).rejects.toThrow(`${folder} holds files that no build has written: README.md.`);
    expect(readdirSync(folder)).toEqual(["README.md"]);
  });

  test("is taken by force, its own files left alone", async () => {
    await build([api], { force: true });
    expect(readdirSync(folder).sort()).toEqual(["README.md", "manifest.json", "openapi.json"]);
    expect(await build([api])).toEqual({ changed: [] });
  });

  test.each(["{ broken", "[]", '{ "name": "an app", "icons": [] }', '{ "model": "one", "files": { "README.md": 3 } }'])(
    "is none of ours because of a manifest that says %s",
    async (text) => {
      writeFileSync(join(folder, "manifest.json"), text);
      await expect(build([api])).rejects.toThrow("no build has written");
    },
  );

  test.each(["../outside.txt", "a/../../outside.txt", "/etc/hostname"])("does not make us remove %s", async (path) => {
    writeFileSync(join(root, "outside.txt"), "mine");
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ model: "one", files: { [path]: "0000" } }));
    await build([api], { force: true });
    expect(readFileSync(join(root, "outside.txt"), "utf8")).toBe("mine");
  });
});

describe("with check", () => {
  test("nothing is written, and what would be is named", async () => {
    expect(await build([api, order], { check: true })).toEqual({ changed: ["openapi.json", "states/Order.mmd"] });
    expect(existsSync(folder)).toBe(false);
  });

  test("a fresh folder is fresh", async () => {
    await build([api, order]);
    expect(await build([api, order], { check: true })).toEqual({ changed: [] });
  });

  test("a model that says something else is told, though its files are the same", async () => {
    await build([api]);
    expect(await build([api], { check: true, hash: "two" })).toEqual({ changed: ["manifest.json"] });
  });
});
