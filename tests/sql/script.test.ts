import { emitSql } from "@archwright/compiler";
import { loginRole } from "@archwright/model";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { applyScript, ScriptFailure } from "../../packages/runtime/src/database/apply.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { examples } from "../examples.ts";
import { models } from "./model-database.ts";

async function applied<T>(script: string, look: (client: Client) => Promise<T>): Promise<T> {
  const database = await testDatabase();
  const client = new Client({ connectionString: database.adminUrl });
  try {
    await applyScript(database.adminUrl, script, { lockKey: "script" });
    await client.connect();
    return await look(client);
  } finally {
    await client.end();
    await database.drop();
  }
}

const tablesOf = async (client: Client): Promise<unknown> =>
  (
    await client.query(
      "select count(*)::int as tables from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'archwright')",
    )
  ).rows[0];

describe.each([...Object.values(examples), models.everything])("the script of $name", (model) => {
  test("runs on an empty database, and on another one of the same server", async () => {
    const script = emitSql(model);
    const [first, second] = [await applied(script, tablesOf), await applied(script, tablesOf)];
    expect(first).toEqual(second);
  });

  test("runs at the same time on two databases of a server that has none of its roles", async () => {
    const script = emitSql({ ...model, name: `${model.name}Twice` });
    const [first, second] = await Promise.all([applied(script, tablesOf), applied(script, tablesOf)]);
    expect(first).toEqual(second);
  });

  test("is the same text every time, and ends with one newline", () => {
    const script = emitSql(model);
    expect(emitSql(structuredClone(model))).toBe(script);
    expect(script).toMatch(/[^\n]\n$/);
  });
});

test("a role that already bypasses row security ends the script", async () => {
  const model = { ...models.hello, name: "trapped" };
  const database = await testDatabase();
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(`create role "${loginRole(model.name)}" login bypassrls`);
    const failure: unknown = await applyScript(database.adminUrl, emitSql(model), { lockKey: model.name }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScriptFailure);
    expect((failure as ScriptFailure).message).toContain('The role "trapped_app" is a superuser or bypasses row security.');
  } finally {
    await client.query(`drop role "${loginRole(model.name)}"`);
    await client.end();
    await database.drop();
  }
});

test("whoever may create roles and schemas can run it: it needs no superuser", async () => {
  const model = { ...models.everything, name: "modest" };
  const database = await testDatabase();
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  try {
    await admin.query("create role modest_owner login createrole password 'modest'");
    await admin.query(`grant create on database ${admin.escapeIdentifier(admin.database ?? "")} to modest_owner`);
    const url = new URL(database.adminUrl);
    url.username = "modest_owner";
    url.password = "modest";
    await applyScript(url.href, emitSql(model), { lockKey: model.name });
    await admin.query("set session authorization modest_owner");
    await admin.query(`set role "modest/maintenance"`);
    const insert =
      "insert into lab.sample (id, price) values ('smp_1', 1); insert into lab.sample_readings (_parent, _position, cost, tags) values ('smp_1', 1, 5, '[]')";
    await expect(admin.query(`begin; ${insert}; set constraints all immediate`)).rejects.toMatchObject({ code: "23514" });
  } finally {
    await admin.end();
    await database.drop();
  }
});

test("what a model says stays text, whatever characters it has", async () => {
  const [context] = models.hello.contexts;
  const [note] = models.hello.entities;
  if (!context || !note) throw new Error("The example has lost its notes.");
  const trap = `'; drop schema "notes" cascade; --\n$$ */ \\ "`;
  const fields = note.fields.map((field) => (field.name === "text" ? { ...field, deprecated: trap, default: trap } : field));
  const lines = { kind: "list", name: "lines", fields: [{ kind: "text", name: "word" }] } as const;
  const row = { kind: "variable", name: "row", type: { kind: "row", entity: note.id } } as const;
  const every = {
    kind: "every",
    of: { kind: "field", of: row, name: "lines", type: lines },
    item: "item1",
    holds: {
      kind: "compare",
      op: "ne",
      left: {
        kind: "field",
        of: { kind: "variable", name: "item1", type: { kind: "record", fields: [] } },
        name: "word",
        type: { kind: "text" },
      },
      right: { kind: "literal", type: { kind: "text" }, value: trap },
    },
  } as const;
  const model = { ...models.hello, entities: [{ ...note, fields: [...fields, lines], invariants: [{ statement: trap, holds: every }] }] };
  const found = await applied(emitSql(model), async (client) => {
    await client.query("insert into notes.note (id) values ('n')");
    return (await client.query("select text from notes.note")).rows;
  });
  expect(found).toEqual([{ text: trap }]);
});
