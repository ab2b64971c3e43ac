import { assemble } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import { createPool, createSecrets, prepareSchema, type Pool } from "@archwright/runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emitSql } from "../../packages/compiler/src/emit/sql/emit-sql.ts";
import { plantSeeds } from "../../packages/app/src/backend/planting.ts";
import type { Seeds } from "../../packages/app/src/backend/seed-file.ts";
import { testDatabase, type TestDatabase } from "../../packages/runtime/src/database/test-database.ts";

const Club = context("club");
const Team = Club.entity("Team", { id: t.id("team"), name: t.text().unique(), seats: t.int().min(1) });
const Member = Club.entity("Member", { id: t.id("mem"), email: t.email().unique(), team: t.ref(Team) });
const Note = Club.entity("Note", { id: t.id("note"), author: t.ref(Member), text: t.text() });
const member = role("member", Member, { signUp: true });
Club.access(Team, [{ role: member, can: ["read", "list"] }]);
Club.access(Note, [{ role: member, can: ["read", "list"] }]);
const { model } = assemble(system("club", { contexts: [Club] }));

const id = (prefix: string, last: string): string => `${prefix}_01m7wnh40bf1jab3a6xyz9jf5${last}`;
const team = { id: id("team", "a"), name: "Reds", seats: 4 };
const account = {
  role: "member",
  email: "ada@club.example",
  password: "a long enough password",
  actor: { id: id("mem", "a"), team: team.id },
};
const note = { author: id("mem", "a"), text: "hello" };
const seeds = (given: Partial<Seeds>): Seeds => ({ file: "seed.json", digest: "", accounts: [], rows: {}, ...given });

let database: TestDatabase;
let adminPool: Pool;
beforeEach(async () => {
  database = await testDatabase();
  const { adminUrl } = database;
  await prepareSchema({ adminUrl, system: "club", script: emitSql(model), schemaHash: "test", modelHash: "test" });
  const patience = { connectTimeoutMs: 5_000, statementTimeoutMs: 10_000, idleTimeoutMs: 10_000 };
  adminPool = createPool({ url: adminUrl, max: 1, applicationName: "test", onError: () => undefined, ...patience });
});
afterEach(async () => {
  await adminPool.end();
  await database.drop();
});

const plant = (given: Partial<Seeds>): Promise<void> =>
  plantSeeds(seeds(given), { model, adminPool, secrets: createSecrets(Buffer.alloc(32)) });

async function counted(): Promise<unknown> {
  const text =
    "select (select count(*) from club.team)::int as teams, (select count(*) from club.member)::int as members, (select count(*) from club.note)::int as notes";
  return (await adminPool.read([{ text }]))[0]?.rows[0];
}

test("accounts and rows that need each other find their order, whatever that of the file", async () => {
  await plant({ accounts: [account], rows: { "club.Note": [note, note], "club.Team": [team, { name: "Blues", seats: 2 }] } });
  expect(await counted()).toEqual({ teams: 2, members: 1, notes: 2 });
});

describe("what PostgreSQL refuses is named by its place in the file", () => {
  test.each([
    [{ rows: { "club.Team": [team, { name: "Blues", seats: 2 }, { name: "Reds", seats: 2 }] } }, "row 3 of club.Team: "],
    [{ rows: { "club.Team": [team], "club.Note": [{ author: id("mem", "x"), text: "lost" }] } }, "row 1 of club.Note: "],
    [{ rows: { "club.Team": [{ name: "Reds", seats: 0 }] } }, "row 1 of club.Team: "],
    [
      { rows: { "club.Team": [team] }, accounts: [account, { ...account, email: "ADA@club.example" }] },
      "account 2 (ADA@club.example): This email has an account already.",
    ],
  ])("%j", async (given, place) => {
    await expect(plant(given)).rejects.toMatchObject({
      name: "Failure",
      status: 1,
      what: expect.stringContaining(`seed.json cannot be planted: ${place}`),
    });
  });
});
