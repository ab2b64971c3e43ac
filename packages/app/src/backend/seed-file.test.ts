import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assemble } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import { afterAll, describe, expect, test } from "vitest";
import { Failure } from "../command.ts";
import { readSeeds } from "./seed-file.ts";

const Club = context("club");
const Member = Club.entity("Member", {
  id: t.id("mem"),
  email: t.email().unique(),
  name: t.text().max(20),
  joinedAt: t.time().now(),
  status: t.state({ active: ["gone"], gone: [] }),
});
const Court = Club.entity("Court", {
  id: t.id("crt"),
  name: t
    .text()
    .min(1)
    .max(8)
    .pattern(/[A-Z].*/),
  places: t.int().min(1).max(4),
  fee: t.money("EUR").min(0),
  ratio: t.decimal(4, 2).min(0.5).optional(),
  opens: t.date().optional(),
  builtAt: t.time().optional(),
  lease: t.duration().optional(),
  surface: t.oneOf("clay", "grass").default("clay"),
  indoor: t.bool().default(false),
  site: t.url().optional(),
  phone: t.phone().optional(),
  code: t.secret().optional(),
  keeper: t.ref(Member).optional(),
  address: t.json({ city: t.text(), zip: t.text().optional() }).optional(),
  slots: t.list({ hour: t.int().min(0).max(23) }).max(2),
});
const [member, auditor] = [role("member", Member, { signUp: true }), role("auditor")];
Club.access(Court, [
  { role: member, can: ["read"] },
  { role: auditor, can: ["read"] },
]);
const { model } = assemble(system("club", { contexts: [Club] }));

const folder = mkdtempSync(join(tmpdir(), "archwright-seeds-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): ReturnType<typeof readSeeds> {
  writeFileSync(join(folder, "seed.json"), text);
  return readSeeds(join(folder, "system.ts"), model, folder);
}

/** What is wrong, without the words that are always the same. */
function wrong(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Failure) return error.what.replace(/^seed\.json cannot be planted: /, "");
    throw error;
  }
  return "nothing";
}

const court = { name: "Centre", places: 4, fee: { amount: 1200, currency: "EUR" } };
const wrongRow = (row: object): string => wrong(JSON.stringify({ rows: { "club.Court": [court, { ...court, ...row }] } }));
const wrongAccount = (account: object): string => wrong(JSON.stringify({ accounts: [{ role: "member", ...account }] }));
const ada = { email: "ada@club.example", password: "a long enough password", actor: { name: "Ada" } };

test("without a file there are no seeds", () => {
  expect(readSeeds("/nowhere/system.ts", model, folder)).toBeUndefined();
});

test("accounts and rows are what the file says, and another text has another digest", () => {
  const text = JSON.stringify({ accounts: [{ role: "member", ...ada }], rows: { "club.Court": [court] } });
  const seeds = read(text);
  expect(seeds).toMatchObject({ file: "seed.json", accounts: [ada], rows: { "club.Court": [court] } });
  expect(read(`${text}\n`)?.digest).not.toBe(seeds?.digest);
});

describe("a file that is no JSON is told with its place", () => {
  test.each([
    ['{ "accounts": [ }', "at line 1, column 17"],
    ['{\n  "rows": {\n    "club.Court": [{ "name": "A", }]\n  }\n}', "at line 3, column 35"],
    ['{ "rows"', "at line 1, column 9"],
    ["{ 'rows': {} }", "at line 1, column 3"],
    ["", "at line 1, column 1"],
  ])("%j", (text, place) => {
    expect(wrong(text)).toMatch(new RegExp(`^it is no JSON ${place}: \\S`));
  });
});

test.each([
  ["[]", 'it must be an object, as in { "accounts": [], "rows": {} }.'],
  ['{ "account": [] }', '"account" is no part of it; its parts are accounts and rows.'],
  ['{ "accounts": {} }', "accounts must be a list."],
  ['{ "rows": [] }', 'rows must be an object of lists, as in { "catalog.Product": [] }.'],
  ['{ "rows": { "club.Cort": [] } }', 'it has rows of "club.Cort"; the entities are club.Court, club.Member.'],
  ['{ "rows": { "club.Court": {} } }', "club.Court must be a list of rows."],
  ['{ "rows": { "club.Court": [3] } }', "row 1 of club.Court: it is 3, and must be an object of fields."],
])("%s", (text, what) => {
  expect(wrong(text)).toBe(what);
});

describe("a row names its place, its field and what is expected", () => {
  test.each([
    [{ name: undefined }, "name is missing, and must be text of 1 to 8 characters like [A-Z].*"],
    [{ name: "centre" }, 'name is "centre", and must be text of 1 to 8 characters like [A-Z].*'],
    [{ name: "Centre court" }, 'name is "Centre court", and must be text of 1 to 8 characters like [A-Z].*'],
    [{ places: "many" }, 'places is "many", and must be a whole number of 1 to 4'],
    [{ places: 1.5 }, "places is 1.5, and must be a whole number of 1 to 4"],
    [{ places: null }, "places is missing, and must be a whole number of 1 to 4"],
    [{ fee: 1200 }, 'fee is 1200, and must be money in minor units, as in {"amount": 1299, "currency": "EUR"} of at least 0'],
    [
      { fee: { amount: 1, currency: "USD" } },
      'fee is {"amount":1,"currency":"USD"}, and must be money in minor units, as in {"amount": 1299, "currency": "EUR"} of at least 0',
    ],
    [{ ratio: 1.5 }, 'ratio is 1.5, and must be a decimal as text, as in "12.5", with at most 4 digits, 2 of them behind the point'],
    [{ ratio: "0.25" }, 'ratio is "0.25", and must be at least 0.5'],
    [{ opens: "2026-02-31" }, 'opens is "2026-02-31", and must be a day, as in "2026-01-31"'],
    [
      { builtAt: "2026-01-31T09:30:00" },
      'builtAt is "2026-01-31T09:30:00", and must be a time with its zone, as in "2026-01-31T09:30:00Z"',
    ],
    [{ lease: "10 years" }, 'lease is "10 years", and must be a duration in ms, s, m, h or d, as in "90d"'],
    [{ surface: "sand" }, 'surface is "sand", and must be one of "clay", "grass"'],
    [{ indoor: "no" }, 'indoor is "no", and must be true or false'],
    [{ site: "club" }, 'site is "club", and must be a URL, as in https://example.com/page'],
    [{ phone: "030 123456" }, 'phone is "030 123456", and must be a phone number with its country, as in "+4930123456"'],
    [{ code: 7 }, "code is 7, and must be text"],
    [{ keeper: "Ada" }, 'keeper is "Ada", and must be the id of a Member: "mem_" and 26 characters of a-z and 0-9 without i, l, o, u'],
    [{ id: "1" }, 'id is "1", and must be "crt_" and 26 characters of a-z and 0-9 without i, l, o, u'],
    [{ address: { zip: "1" } }, "address.city is missing, and must be text"],
    [{ slots: [{ hour: 9 }, { hour: 24 }] }, "slots[1].hour is 24, and must be a whole number of 0 to 23"],
    [{ slots: [{}, {}, {}] }, "slots is [{},{},{}], and must be a list of at most 2 items"],
  ])("%j", (row, what) => {
    expect(wrongRow(row)).toBe(`row 2 of club.Court: ${what}.`);
  });

  test("also a field that there is not", () => {
    expect(wrongRow({ nmae: "Centre" })).toMatch(/^row 2 of club\.Court: nmae is no field of it; its fields are id, name, /);
  });

  test("everything that a row may say is accepted", () => {
    const row = {
      id: "crt_01m7wnh40bf1jab3a6xyz9jf5c",
      ratio: "12.50",
      opens: "2026-01-31",
      builtAt: "2026-01-31T09:30:00+01:00",
      lease: "90d",
      surface: "grass",
      indoor: true,
      site: "https://club.example/centre",
      phone: "+4930123456",
      code: "1234",
      keeper: "mem_01m7wnh40bf1jab3a6xyz9jf5c",
      address: { city: "Berlin" },
      slots: [{ hour: 9 }],
    };
    expect([wrongRow(row), wrongRow({ ratio: null })]).toEqual(["nothing", "nothing"]);
  });

  test("the first is said and the others are counted", () => {
    expect(wrongRow({ places: 0, fee: 1 })).toMatch(/^row 2 of club\.Court: places is 0, .+ And 1 more like it\.$/);
  });
});

describe("an account", () => {
  test("may leave the actor to be born, and give it an id that rows refer to", () => {
    expect(wrongAccount({ ...ada, actor: { id: "mem_01m7wnh40bf1jab3a6xyz9jf5c", name: "Ada" } })).toBe("nothing");
    expect(wrongAccount({ ...ada, role: "auditor", actor: undefined })).toBe("nothing");
  });

  test.each([
    [{ ...ada, role: "boss" }, 'account 1: role is "boss", and must be one of "auditor", "member"'],
    [{ ...ada, email: "ada" }, 'account 1: email is "ada", and must be an email address, as in ada@example.com'],
    [{ ...ada, password: "short" }, 'account 1: password is "short", and must be text of 12 to 128 characters'],
    [{ ...ada, actor: undefined }, "account 1: actor is missing, and must be an object of fields"],
    [{ ...ada, actor: {} }, "account 1: actor.name is missing, and must be text of at most 20 characters"],
    [{ ...ada, actor: { name: "Ada", email: "b@c.d" } }, "account 1: actor.email is no field of it; its fields are id, name"],
    [{ ...ada, name: "Ada" }, "account 1: name is no field of it; its fields are role, email, password, actor"],
  ])("%j is refused", (account, what) => {
    expect(wrongAccount(account)).toBe(`${what}.`);
  });
});
