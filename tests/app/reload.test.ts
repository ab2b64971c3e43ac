import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DevelopmentDatabase, developmentKey } from "../../packages/app/src/backend/development-database.ts";
import { DevelopmentServer } from "../../packages/app/src/backend/development-server.ts";
import { greetingOf } from "../../packages/app/src/backend/greeting.ts";
import { createStandIns } from "../../packages/app/src/backend/stand-ins.ts";
import { settingsOf } from "../../packages/app/src/backend/settings.ts";
import { compileOrThrow } from "../../packages/app/src/compile.ts";
import { captured } from "../../packages/app/src/testing.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = realpathSync(mkdtempSync(join(tmpdir(), "archwright-reload-")));
const file = join(folder, "system.ts");
const surroundings = captured({ folder });
const standIns = createStandIns({});
const server = new DevelopmentServer({
  masterKey: Buffer.alloc(32, 7),
  standIns,
  settings: settingsOf({ port: "0" }, {}),
  surroundings,
});
let database: DevelopmentDatabase;
let url = "";
let greeting = "";

const notes = (fields = "", context = 'context("notes")'): string => `import { context, integration, system, t } from "archwright";
const Notes = ${context};
export const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500)${fields} });
export default system("hello", { contexts: [Notes] });
`;
const write = (text: string): void => writeFileSync(file, text);

beforeAll(async () => {
  write(notes());
  await developmentKey(file);
  database = await DevelopmentDatabase.open(file, { step: () => undefined }, () => undefined);
  const running = await server.start(await compileOrThrow(folder, surroundings), database, false);
  url = running.server.url;
  greeting = greetingOf(running, surroundings);
});
afterAll(async () => {
  await server.close();
  await standIns.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** What lies on the disk; each test begins with what the one before has left, which takes notes in any case. */
let current = notes();

/** What was said to the person who saved a file. */
async function save(text: string): Promise<string> {
  const { said } = surroundings;
  said.stdout = said.stderr = "";
  write((current = text));
  await server.reload(folder);
  // How long it took, and the log of the backend, are other each time.
  return `${said.stderr}${said.stdout}`.replace(/Reloaded in \d+ ms/, "Reloaded").replaceAll(/^\d\d:\d\d:\d\d\.\d{3} .*\n/gm, "");
}

async function post(body: object): Promise<number> {
  const response = await fetch(`${url}/notes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.status;
}

async function count(): Promise<number> {
  const response = await fetch(`${url}/notes`);
  return (await response.json()).items.length;
}

test("the greeting says where everything is", () => {
  expect(greeting.replaceAll(url, "http://…")).toMatchInlineSnapshot(`
    "
    1 note: archwright check

    hello
      api       http://…
      docs      http://…/docs
      findings  http://…/findings
      model     system.ts

    Ctrl-C stops it.
    "
  `);
});

test("a model that says the same is not served anew", async () => {
  expect(await save(`${current}// a remark\n`)).toBe("");
});

test("a change is served at the same place", async () => {
  expect(await save(notes(", pinned: t.bool().default(false)"))).toMatch(/^Another schema, another database .+\nReloaded: .+\n$/s);
  expect(await post({ text: "a", pinned: true })).toBe(201);
});

describe("a mistake", () => {
  test("is said with its line, and what served before goes on", async () => {
    const text = await save(notes("", "contxt()"));
    expect(text).toMatch(/^\n.*error {2}\S+\n.*> 2 │ const Notes = contxt\(\);.*\nThe model before this change goes on running\.\n$/s);
    expect([server.isBroken, await post({ text: "b" })]).toEqual([true, 201]);
  });

  test("that is taken back is over, though nothing changed", async () => {
    const good = notes();
    await save(good);
    await save(notes("", "contxt()"));
    expect(await save(good)).toMatch(/^Reloaded: .+\n$/);
    expect(server.isBroken).toBe(false);
  });

  test("that only the start of the backend finds leaves the one before serving too", async () => {
    const waiting = notes().replace("export default", 'Notes.command("archive", { input: { note: t.ref(Note) } });\nexport default');
    expect(await save(waiting)).toContain("error  notes.archive has neither a body nor a handler.\n");
    expect(await post({ text: "c" })).toBe(201);
  });
});

test("the rows of an earlier schema are kept, and come back with it", async () => {
  await save(notes());
  await post({ text: "kept" });
  const before = await count();
  const other = await save(notes(", colour: t.text().optional()"));
  expect(other).toMatch(/the rows of the earlier schema are kept, and come\s+back with it\./);
  expect(await count()).toBe(0);
  expect(await save(notes())).toContain("it has the rows that this schema had before.\n");
  expect(await count()).toBe(before);
});

test("a new finding is said, and an old one is not said again", async () => {
  const risky = notes(", price: t.decimal(8, 2).optional()");
  expect(await save(risky)).toContain("warning  notes.Note.price is a decimal and is called price, as if it were money.\n");
  expect(await save(risky.replace("max(500)", "max(400)"))).not.toContain("warning  ");
});

test("seeds that do not fit the new schema leave the one before serving", async () => {
  writeFileSync(join(folder, "seed.json"), '{ "rows": { "notes.Note": [{ "text": "a" }] } }');
  try {
    expect(await save(notes(", author: t.text()"))).toContain(
      "seed.json cannot be planted: row 1 of notes.Note: author is missing, and must be text.",
    );
    expect(await post({ text: "d" })).toBe(201);
  } finally {
    rmSync(join(folder, "seed.json"));
  }
});

test("a third party that a change brings is stood in for", async () => {
  const paying = notes().replace(
    "export default",
    'const stripe = integration("stripe", { calls: { pay: { input: { sum: t.int() }, p50: "90ms", p99: "900ms" } } });\nNotes.command("pay", { allow: "anyone", input: { sum: t.int() }, calls: [stripe.pay], async handle({ input, calls }) { await calls.pay({ sum: input.sum }); } });\nexport default',
  );
  write(paying);
  const { settings, notes: said } = await standIns.partiesOf((await compileOrThrow(folder, surroundings)).model);
  expect([settings["stripe"]?.key, said]).toEqual(["sk_test_standin", [expect.stringMatching(/^Stripe is stood in for at http:/)]]);
});
