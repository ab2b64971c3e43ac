import { spawnSync } from "node:child_process";
import { afterAll, expect, test, vi } from "vitest";
import { ownModule } from "./authored.ts";
import { nodeArguments } from "./source.ts";
import { installed, project, removeProjects } from "./testing.ts";

afterAll(removeProjects);
// Each test starts a process or more, which takes a while where many run at once.
vi.setConfig({ testTimeout: 30_000 });

const till = `import { context, system, t } from "archwright";
import { readFileSync } from "node:fs";
import { count } from "bank";
interface Gone { lines: 1 }
const Till = context("till");
const Coin = Till.entity("Coin", { id: t.id("coin") });
export const read = Till.query("read", {
  allow: "system",
  reads: [Coin],
  returns: { text: t.text() },
  async handle() {
    return { text: [typeof readFileSync(new URL("system.ts", import.meta.url)), typeof Date.now(), count()].join(" ") };
  },
});
export const fails = Till.query("fails", {
  allow: "system",
  reads: [Coin],
  returns: { text: t.text() },
  async handle() {
    throw new Error("no coins");
  },
});
export default system("till", { contexts: [Till] });
`;

/** What a program prints that uses `loadHandlers` in a process of its own, as the command does. */
function printed(folder: string, program: string): string[] {
  const code = `
    const { loadHandlers } = await import(${JSON.stringify(ownModule("handlers").href)});
    const file = ${JSON.stringify(`${folder}/system.ts`)};
    ${program}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...nodeArguments(), "--input-type=module", "-e", code], {
    encoding: "utf8",
    env: {},
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split("\n");
}

test("handlers are the author's functions, run with all that Node has, and are loaded anew on demand", () => {
  const folder = project({ "system.ts": till, ...installed("bank", "let n = 0; export const count = () => (n += 1);") });
  const program = `
    const first = await loadHandlers(file);
    const second = await loadHandlers(file);
    console.log([...first.handlers.keys()].sort().join());
    console.log(first.model.name, Object.isFrozen(first.model));
    console.log((await first.handlers.get("till.read")({})).text);
    console.log((await second.handlers.get("till.read")({})).text);
    console.log(first.handlers.get("till.read") === second.handlers.get("till.read"));`;
  expect(printed(folder, program)).toEqual(["till.fails,till.read", "till true", "object number 1", "object number 2", "false"]);
});

test("what a handler throws names the author's line", () => {
  const folder = project({ "system.ts": till, ...installed("bank", "export const count = () => 1;") });
  const program = `
    const { handlers } = await loadHandlers(file);
    await handlers.get("till.fails")({}).catch((error) => console.log(error.stack.split("\\n")[1]));`;
  expect(printed(folder, program)[0]).toContain(`${folder}/system.ts:20:11`);
});

test("a file that cannot be loaded is the same problem as everywhere", () => {
  const folder = project({ "system.ts": 'import { a } from "./a.ts";\nexport default a;\n' });
  const program = `await loadHandlers(file).catch((error) => console.log(error.name, JSON.stringify(error.problems.map(({ code, message }) => [code, message]))));`;
  expect(printed(folder, program)).toEqual(['LoadError [["load/import-not-found","There is no file \\"./a.ts\\"."]]']);
});
