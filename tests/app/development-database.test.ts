import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assemble, type Model } from "@archwright/model";
import { context, system, t } from "@archwright/model/language";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  DevelopmentDatabase,
  developmentKey,
  poolOf,
  type DevelopmentSchema,
} from "../../packages/app/src/backend/development-database.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), "archwright (dev) "));
const file = join(folder, "system.ts");
let database: DevelopmentDatabase;
let masterKey: Buffer;

beforeAll(async () => {
  masterKey = await developmentKey(file);
  database = await DevelopmentDatabase.open(file, { step: () => undefined }, () => undefined);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

let model: Model;
let systems = 0;
beforeEach(() => {
  systems += 1;
  model = modelWith({});
  seed([{ text: "first" }, { text: "second" }]);
});

/** Each test has a system, and so databases, of its own. */
function modelWith(more: Record<string, ReturnType<typeof t.bool>>): Model {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().unique(), ...more });
  return assemble(system(`notes${systems}`, { contexts: [Notes] })).model;
}

const seed = (rows: readonly object[]): void => writeFileSync(join(folder, "seed.json"), JSON.stringify({ rows: { "notes.Note": rows } }));
const prepare = (of = model, anew = false): Promise<DevelopmentSchema> =>
  database.prepare({ model: of, hash: "test", file }, { folder, masterKey, anew });

async function textsIn({ adminUrl }: DevelopmentSchema): Promise<unknown> {
  return query(adminUrl, "select coalesce(string_agg(text, ' ' order by text), '') as texts from notes.note", "texts");
}

async function query(adminUrl: string, text: string, column: string): Promise<unknown> {
  const pool = poolOf(adminUrl);
  try {
    return (await pool.read([{ text }]))[0]?.rows[0]?.[column];
  } finally {
    await pool.end();
  }
}

test("a new database begins with the seeds, and keeps them", async () => {
  const first = await prepare();
  expect([first.fresh, await textsIn(first)]).toEqual([true, "first second"]);
  const again = await prepare();
  expect([again.fresh, again.seeded, again.name]).toEqual([false, first.seeded, first.name]);
});

test("the role that serves is another than the one that makes", async () => {
  const { appUrl, adminUrl } = await prepare();
  expect([
    await query(appUrl, "select current_user as name", "name"),
    await query(adminUrl, "select current_user as name", "name"),
  ]).toEqual([`notes${systems}_app`, "postgres"]);
});

test("seeds that are refused leave no database, and the next start plants them all", async () => {
  seed([{ text: "first" }, { text: "twice" }, { text: "twice" }]);
  await expect(prepare()).rejects.toThrow("seed.json cannot be planted: row 3 of notes.Note: ");
  expect(await database.find(model)).toBeUndefined();
  seed([{ text: "first" }, { text: "once" }]);
  const mended = await prepare();
  expect([mended.fresh, await textsIn(mended)]).toEqual([true, "first once"]);
});

test("what an attempt that was killed has left is no database of ours", async () => {
  const { name, adminUrl } = await prepare();
  await query(adminUrl.replace(name, "postgres"), `alter database "${name}" rename to "${name}_new"`, "none");
  expect(await database.find(model)).toBeUndefined();
  const again = await prepare();
  expect([again.fresh, await textsIn(again)]).toEqual([true, "first second"]);
});

test("two that begin at once make one database", async () => {
  const [first, second] = await Promise.all([prepare(), prepare()]);
  expect([first.name, first.fresh]).toEqual([second.name, !second.fresh]);
  expect(await textsIn(first)).toBe("first second");
});

test("another schema has another database, and the first one keeps its rows", async () => {
  const first = await prepare();
  const second = await prepare(modelWith({ pinned: t.bool().default(false) }));
  expect([second.fresh, second.name === first.name]).toEqual([true, false]);
  seed([]);
  const back = await prepare();
  expect([back.name, back.fresh, await textsIn(back)]).toEqual([first.name, false, "first second"]);
});

test("begun anew, it has the seeds of today and no other rows", async () => {
  await prepare();
  seed([{ text: "third" }]);
  const kept = await prepare();
  const fresh = await prepare(model, true);
  expect([await textsIn(fresh), fresh.name, fresh.seeded === kept.seeded]).toEqual(["third", kept.name, false]);
});

test("a name that PostgreSQL would cut keeps what tells two schemas apart", async () => {
  const long = (more: Record<string, ReturnType<typeof t.bool>>): Model => ({
    ...modelWith(more),
    name: `notes${systems}${"x".repeat(60)}`,
  });
  const [first, second] = [await prepare(long({})), await prepare(long({ pinned: t.bool().default(false) }))];
  expect([first.name === second.name, Math.max(first.name.length, second.name.length)]).toEqual([false, 63]);
});

test("what it keeps beside the model stays out of version control", () => {
  expect(readFileSync(join(folder, ".archwright/.gitignore"), "utf8")).toBe("*\n");
});

test("the key of the secrets lasts, and is for this user alone", async () => {
  const [first, second] = await Promise.all([developmentKey(file), developmentKey(file)]);
  expect([first.length, first.equals(second), first.equals(masterKey)]).toEqual([32, true, true]);
});
