import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { project, removeProjects } from "../loader/testing.ts";
import { run } from "../testing.ts";

afterAll(removeProjects);
vi.setConfig({ testTimeout: 60_000 });

const modelWith = (availability: string): string => `import { context, system, t } from "archwright";
const Notes = context("notes");
export const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
const write = Notes.command("write", { input: { text: t.text().max(500) }, writes: [Note], handle: async () => {} });
export default system("hello", { contexts: [Notes], availability: "${availability}", load: [{ on: write, mean: "2/s", peak: "20/s" }] });
`;
const system = modelWith("99.5%");

describe("design -o", () => {
  test("writes a page, an index, chapters and records, says so, and tells its steps to the side", async () => {
    const folder = project({ "system.ts": system });
    const { status, stdout, stderr } = await run(["design", "-o", "docs/design"], { folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^docs\/design: \d+ files, \d+ of them changed:\n/);
    expect(stdout).toMatch(/Open docs\/design\/index\.html, or read docs\/design\/index\.md\.\n$/);
    expect(stderr).toContain("Deciding the architecture of hello, and where each choice tips\n");
    expect(readFileSync(join(folder, "docs/design/index.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(existsSync(join(folder, "docs/design/adr/ADR-001-placement.md"))).toBe(true);
    expect((await run(["design", "-o", "docs/design", "--check"], { folder })).status).toBe(0);
  });

  test("keeps what was changed by hand, and with --check finds it", async () => {
    const folder = project({ "system.ts": system });
    await run(["design", "-o", "out"], { folder });
    writeFileSync(join(folder, "out/index.md"), "mine");
    expect((await run(["design", "-o", "out", "--check"], { folder })).status).toBe(1);
    expect((await run(["design", "-o", "out"], { folder })).stderr).toContain(
      "error  A file of out changed since the last build: index.md.",
    );
  });

  test("with --json says nothing but what was written", async () => {
    const folder = project({ "system.ts": system });
    const { stdout, stderr } = await run(["design", "-o", "out", "--no-schema", "--json"], { folder });
    expect(stderr).toBe("");
    const { artefacts } = JSON.parse(stdout) as { artefacts: readonly string[] }; // What the command promises to print.
    expect(artefacts).toContain("service-boundaries.md");
    expect(artefacts).not.toContain("schema-design.md");
    expect(artefacts).not.toContain("way-there.md");
  });
});

describe("design --from", () => {
  test("with -o writes the way there", async () => {
    const folder = project({ "system.ts": modelWith("99.95%"), "today.ts": system });
    const { status } = await run(["design", "--from", "today.ts", "-o", "out"], { folder });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "out/way-there.md"), "utf8")).toContain("## The plan");
  });

  test("without it prints the difference", async () => {
    const folder = project({ "system.ts": modelWith("99.95%"), "today.ts": system });
    const { stdout } = await run(["design", "--from", "today.ts"], { folder });
    expect(stdout).toMatch(/\[zones\]\n\s+one → /);
  });
});

test.each([
  [["--check"], "--check without --output changes nothing."],
  [["--no-schema"], "--no-schema without --output changes nothing."],
  [["-o", "out", "--ask"], "--ask and --output do not go together."],
  [["-o", "out", "--check", "--force"], "--check and --force contradict each other."],
])("%j is refused", async (options, what) => {
  const { status, stderr } = await run(["design", ...options], { folder: project({ "system.ts": system }) });
  expect([status, stderr.split("\n")[0]]).toEqual([2, `error  ${what}`]);
});
