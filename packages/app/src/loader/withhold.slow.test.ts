import { afterAll, describe, test, vi } from "vitest";
import { loadModel } from "./load.ts";
import { installed, model, project, removeProjects, said, type Files } from "./testing.ts";

afterAll(removeProjects);
// Each test starts a process or more, which takes a while where many run at once.
vi.setConfig({ testTimeout: 30_000 });

async function problems(files: Files): Promise<string> {
  const folder = project(files);
  return said(await loadModel(folder, { log: () => {} }), folder);
}

/** What a model file hears when it tries each of these, all in one load. */
async function answers(tries: readonly string[], imports = "", packages: Files = {}): Promise<readonly string[]> {
  const lines = tries.map((code) => `try { ${code}; console.log("nothing"); } catch (error) { console.log((error as Error).message); }`);
  const folder = project({ "system.ts": model(imports, ...lines), ...packages });
  let printed = "";
  const loaded = await loadModel(folder, { log: (text) => (printed += text) });
  if (!loaded.ok) throw new Error(said(loaded, folder));
  const heard = printed.trimEnd().split("\n");
  return tries.map((code, index) => `${code} → ${heard[index]?.replace(" is used while the model loads.", " is refused")}`);
}

describe.concurrent("the author's files", () => {
  test("get no clock, chance, network or machine", async ({ expect }) => {
    const tries = [
      "new Date()",
      "Date.now()",
      "Date()",
      "performance.now()",
      "new Intl.DateTimeFormat().format()",
      "new Intl.DateTimeFormat().formatToParts()",
      "setTimeout(() => {}, 1)",
      "setInterval(() => {}, 1)",
      "setImmediate(() => {})",
      "AbortSignal.timeout(1)",
      "process.hrtime.bigint()",
      "Math.random()",
      "crypto.randomUUID()",
      "crypto.getRandomValues(new Uint8Array(1))",
      'await fetch("http://localhost")',
      "process.env.PORT ?? 80",
      '"PORT" in process.env',
      "({ ...process.env })",
      "const [first] = process.argv",
      "process.platform",
      'process.stdout.write("x")',
      "process.exit(0)",
    ];
    expect((await answers(tries)).join("\n")).toMatchInlineSnapshot(`
      "new Date() → new Date() is refused
      Date.now() → Date.now() is refused
      Date() → Date() is refused
      performance.now() → performance.now() is refused
      new Intl.DateTimeFormat().format() → Intl.DateTimeFormat.format() is refused
      new Intl.DateTimeFormat().formatToParts() → Intl.DateTimeFormat.format() is refused
      setTimeout(() => {}, 1) → setTimeout() is refused
      setInterval(() => {}, 1) → setInterval() is refused
      setImmediate(() => {}) → setImmediate() is refused
      AbortSignal.timeout(1) → AbortSignal.timeout() is refused
      process.hrtime.bigint() → process.hrtime.bigint() is refused
      Math.random() → Math.random() is refused
      crypto.randomUUID() → crypto.randomUUID() is refused
      crypto.getRandomValues(new Uint8Array(1)) → crypto.getRandomValues() is refused
      await fetch("http://localhost") → fetch() is refused
      process.env.PORT ?? 80 → process.env.PORT is refused
      "PORT" in process.env → process.env.PORT is refused
      ({ ...process.env }) → process.env is refused
      const [first] = process.argv → process.argv is refused
      process.platform → process.platform is refused
      process.stdout.write("x") → process.stdout.write() is refused
      process.exit(0) → process.exit() is refused"
    `);
  });

  test("get dates that are written down, which mean the same on every machine", async ({ expect }) => {
    const tries = [
      'if (new Date("2026-01-31T12:00").toISOString() !== "2026-01-31T12:00:00.000Z") throw new Error("another zone")',
      'if (!(new Date(0) instanceof Date)) throw new Error("no Date")',
      'class Day extends Date {} if (!(new Day("2026-01-31") instanceof Day)) throw new Error("no Day")',
      'if (new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(new Date(0)) !== "1/1/1970") throw new Error("not formatted")',
    ];
    const heard = await answers(tries);
    expect(heard.filter((line) => !line.endsWith("→ nothing"))).toEqual([]);
  });

  test("may import Node's modules for their handlers, and use none of them at load", async ({ expect }) => {
    const imports = [
      'import fs, { readFileSync } from "node:fs";',
      'import * as os from "os";',
      'import { createHash, randomInt } from "node:crypto";',
      'import { execFile } from "child_process";',
      'import { Readable } from "node:stream";',
      'import process from "node:process";',
      'import { join } from "node:path";',
      'import { promisify } from "node:util";',
    ];
    const allowed = [
      "promisify(execFile)",
      "const { readFile } = fs.promises",
      "class Lines extends Readable {}",
      'join("a", "b")',
      "[createHash].map((made) => ({ made }))",
    ];
    const refused = [
      'readFileSync("x")',
      'fs.promises.readFile("x")',
      "`${os.EOL}`",
      "os.cpus()",
      "new Readable()",
      'createHash("sha256")',
      "randomInt(3)",
      "process.env.PORT",
    ];
    expect((await answers([...allowed, ...refused], imports.join(" "))).join("\n")).toMatchInlineSnapshot(`
      "promisify(execFile) → nothing
      const { readFile } = fs.promises → nothing
      class Lines extends Readable {} → nothing
      join("a", "b") → nothing
      [createHash].map((made) => ({ made })) → nothing
      readFileSync("x") → node:fs.readFileSync() is refused
      fs.promises.readFile("x") → node:fs.promises.readFile() is refused
      \`\${os.EOL}\` → node:os.EOL is refused
      os.cpus() → node:os.cpus() is refused
      new Readable() → new node:stream.Readable() is refused
      createHash("sha256") → node:crypto.createHash() is refused
      randomInt(3) → node:crypto.randomInt() is refused
      process.env.PORT → node:process.env.PORT is refused"
    `);
  });

  test("hear of it at their line", async ({ expect }) => {
    expect(await problems({ "system.ts": model("interface Gone { lines: 1 }", "const at = Date.now();", "void at;") }))
      .toMatchInlineSnapshot(`
      "load/outside at system.ts:3:17
      Date.now() is used while the model loads.
      fix: Write the value itself, use t.time().now() for the time of a row, or read the clock in a handler."
    `);
  });
});

describe.concurrent("installed packages", () => {
  test("set themselves up with a clock that stands still and an empty environment", async ({ expect }) => {
    const setUp = `
      import http from "node:http";
      import { randomUUID } from "node:crypto";
      class Agent extends http.Agent {}
      export const setUp = [Date.now(), new Date().getUTCFullYear(), process.env.HOME ?? "none", process.version[0], typeof randomUUID, Math.random() < 1, Agent.name];`;
    const folder = project({
      "system.ts": model('import { setUp } from "bank";', "console.log(JSON.stringify(setUp));"),
      ...installed("bank", setUp),
    });
    let printed = "";
    expect(said(await loadModel(folder, { log: (text) => (printed += text) }), folder)).toBe("It loads.");
    expect(printed).toBe('[946684800000,2000,"none","v","function",true,"Agent"]\n');
  });

  test("get no clock and no chance on the author's behalf", async ({ expect }) => {
    const bank =
      'import { webcrypto, randomInt } from "node:crypto"; export const today = () => new Date(); export const id = () => webcrypto.getRandomValues(new Uint8Array(1)); export const draw = () => randomInt(9);';
    expect(await answers(["bank.today()", "bank.id()", "bank.draw()"], 'import * as bank from "bank";', installed("bank", bank)))
      .toMatchInlineSnapshot(`
      [
        "bank.today() → new Date() is refused",
        "bank.id() → node:crypto.webcrypto.getRandomValues() is refused",
        "bank.draw() → node:crypto.randomInt() is refused",
      ]
    `);
  });

  test("reach no network and start or end no program, in either kind of module", async ({ expect }) => {
    const packages = {
      ...installed("esm-net", 'import net from "node:net"; net.connect(1);'),
      ...installed("esm-socket", 'import { Socket } from "net"; new Socket().connect(1);'),
      ...installed("common-https", 'require("node:https").get("https://localhost");', "commonjs"),
      ...installed("common-spawn", 'require("child_process").spawn("true");', "commonjs"),
      ...installed("esm-worker", 'import { Worker } from "node:worker_threads"; new Worker("1", { eval: true });'),
      ...installed("esm-fetch", 'await fetch("http://localhost");'),
      ...installed("esm-exit", "process.exit(0);"),
    };
    const names = ["esm-net", "esm-socket", "common-https", "common-spawn", "esm-worker", "esm-fetch", "esm-exit"];
    expect(
      (
        await answers(
          names.map((name) => `await import("${name}")`),
          "",
          packages,
        )
      ).join("\n"),
    ).toMatchInlineSnapshot(`
      "await import("esm-net") → node:net.connect() is refused
      await import("esm-socket") → node:net.Socket.prototype.connect() is refused
      await import("common-https") → node:https.get() is refused
      await import("common-spawn") → node:child_process.spawn() is refused
      await import("esm-worker") → new node:worker_threads.Worker() is refused
      await import("esm-fetch") → fetch() is refused
      await import("esm-exit") → process.exit() is refused"
    `);
  });

  test("are what the author is told to import later", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import "bank";'), ...installed("bank", "process.exit(0);") })).toMatchInlineSnapshot(`
      "load/outside at system.ts:2:8
      The package "bank" cannot be loaded: process.exit() is used while the model loads.
      fix: Import it in the handler that needs it: await import("bank")."
    `);
  });
});
