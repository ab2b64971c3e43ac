import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { project, removeProjects } from "../loader/testing.ts";
import { run } from "../testing.ts";

afterAll(removeProjects);
vi.setConfig({ testTimeout: 30_000 });

const system = `import { context, system, t } from "archwright";
const Notes = context("notes");
export const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
export default system("hello", { contexts: [Notes] });
`;

test("writes beside the model, and says what it wrote", async () => {
  const folder = project({ "system.ts": system });
  const { status, stdout, stderr } = await run(["build"], { folder });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "build: 6 files, 6 of them changed:
      containers.mmd
      context-map.mmd
      entities.mmd
      model.md
      openapi.json
      schema.sql
    "
  `);
  expect(JSON.parse(readFileSync(join(folder, "build/openapi.json"), "utf8")).openapi).toMatch(/^3\.1/);
  expect((await run(["build"], { folder })).stdout).toMatch(/^build: \d+ files, all of them up to date\.\n$/);
});

test("writes where it is told to, seen from this folder, wherever the model lies", async () => {
  const folder = project({ "models/system.ts": system });
  const { stdout } = await run(["build", join(folder, "models"), "-o", "out/my (odd) contracts", "--json"], { folder });
  expect(JSON.parse(stdout)).toMatchObject({ folder: "out/my (odd) contracts", findings: [] });
  expect(existsSync(join(folder, "out/my (odd) contracts/schema.sql"))).toBe(true);
});

describe("with --check", () => {
  test("nothing is written, and a stale folder ends with 1", async () => {
    const folder = project({ "system.ts": system });
    const { status, stdout } = await run(["build", "--check"], { folder });
    expect([status, existsSync(join(folder, "build"))]).toEqual([1, false]);
    expect(stdout).toMatch(/^build is not what the model says\. Call the same without --check, and commit:\n {2}containers\.mmd\n/);
  });

  test("a fresh folder ends with 0", async () => {
    const folder = project({ "system.ts": system });
    await run(["build"], { folder });
    expect((await run(["build", "--check"], { folder })).status).toBe(0);
  });
});

test("a file that was changed by hand is kept, and --force overwrites it", async () => {
  const folder = project({ "system.ts": system });
  await run(["build"], { folder });
  writeFileSync(join(folder, "build/model.md"), "mine");
  const { status, stderr } = await run(["build"], { folder });
  expect(status).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error  A file of build changed since the last build: model.md.
      why What is built is overwritten by the next build, and these changes with it.
      fix Move the changes into the model, or call with --force to drop them.
    "
  `);
  expect((await run(["build", "--force"], { folder })).stdout).toMatch(/^build: \d+ files, 1 of them changed:\n {2}model\.md\n$/);
});

test("a folder that is none is refused by the operating system, in words", async () => {
  const folder = project({ "system.ts": system, contracts: "a file" });
  const { status, stderr } = await run(["build", "-o", "contracts"], { folder });
  expect(status).toBe(1);
  expect(stderr).toContain("error  contracts: a part of the path is a file and no folder.\n");
});

test("a model that cannot be read writes nothing, and is a document with --json", async () => {
  const folder = project({ "system.ts": "export default 3;\n" });
  const { status, stdout, stderr } = await run(["build", "--json"], { folder });
  expect([status, JSON.parse(stdout).model, existsSync(join(folder, "build"))]).toEqual([1, null, false]);
  expect(stderr).toContain("1 error in 1 file");
});
