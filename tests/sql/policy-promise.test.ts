import {
  accessRule,
  evaluate,
  expressionToSql,
  holds,
  list,
  parameter,
  raw,
  readRule,
  render,
  rolesNamed,
  sql,
  sqlType,
  storedValue,
  tableOf,
  typeOf,
  columnOf,
  name,
  type Entity,
  type Environment,
  type Expression,
  type Model,
  type Rule,
} from "@archwright/model";
import fc from "fast-check";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "../examples.ts";
import { idsOf, modelDatabase, models, operation, routes, speakAs, speakAsSuperuser, type ModelDatabase } from "./model-database.ts";
import { insertRows, nowMs, people, randomRows, type Row } from "./random-row.ts";

const runs = 8;

type Caller = { readonly role: string; readonly id: string | null };

const governed = ({ entities }: Model): readonly Entity[] => entities.filter(({ access }) => access.length > 0);

describe.each([...Object.values(examples), models.everything].filter((model) => governed(model).length > 0))("$name", (model) => {
  let database: ModelDatabase;
  beforeAll(async () => {
    database = await modelDatabase(model);
  });
  afterAll(() => database.drop());

  test.each(governed(model))(
    "the guard, the list filter and row-level security of $id select the same rows",
    async (entity) => {
      await fc.assert(
        fc.asyncProperty(randomRows(entity, 40), fc.constantFrom(...people, null), async (rows, actor) => {
          await database.trial(async (client) => {
            await client.query("set local session_replication_role = replica");
            await insertRows(client, entity, rows);
            const now = await serverTime(client);
            for (const role of [...rolesNamed(entity), "unheardOf", "anyone"])
              await sameRows(client, model, entity, rows, { role, id: actor }, now);
          });
        }),
        { numRuns: runs },
      );
    },
    30_000,
  );
});

test("every rule of the fixture selects some rows and leaves others", () => {
  const [sample] = models.everything.entities.filter(({ name: called }) => called === "Sample");
  if (!sample) throw new Error("The fixture has lost its samples.");
  const rows = fc.sample(randomRows(sample, 40), { numRuns: runs, seed: 1 }).flat();
  const idle = rolesNamed(sample).filter((role) => {
    const rule = readRule(sample, role);
    const seen = guarded(rule, rows, { me: { id: people[0] }, role, now: new Date(nowMs) }, false);
    return typeof rule === "object" && (seen.length === 0 || seen.length === rows.length);
  });
  // Its rule asks for a role, which says yes to all rows or to none.
  expect(idle).toEqual(["auditor"]);
});

async function sameRows(client: Client, model: Model, entity: Entity, rows: readonly Row[], caller: Caller, now: Date): Promise<void> {
  const environment = { me: { id: caller.id }, role: caller.role, now };
  for (const action of ["read", "list"] as const) {
    const rule = accessRule(entity, caller.role, action);
    expect(await filtered(client, entity, rule, environment), `${caller.role} ${action}: filter`).toEqual(
      guarded(rule, rows, environment, false),
    );
  }
  const seen = (whereSilent: boolean): readonly string[] => {
    const ids = (["read", "list"] as const).flatMap((action) =>
      guarded(accessRule(entity, caller.role, action), rows, environment, whereSilent),
    );
    return [...new Set(ids)].sort();
  };
  expect(await secured(client, model, entity, routes(model, entity.id), caller), `${caller.role}: routes`).toEqual(seen(false));
  for (const reader of operationsThatRead(model, entity)) {
    expect(await secured(client, model, entity, operation(model, reader), caller), `${caller.role}: ${reader}`).toEqual(seen(true));
  }
}

/** The guard: the rule in TypeScript. */
function guarded(rule: Rule, rows: readonly Row[], environment: Environment, whereSilent: boolean): readonly string[] {
  const allowed = (row: Row): boolean =>
    typeof rule === "object" ? holds(rule, { ...environment, row }) : rule === "all" || (rule === "silent" && whereSilent);
  return rows
    .filter(allowed)
    .map(({ id }) => String(id))
    .sort();
}

/** The list filter: the rule as a condition of the query, as a superuser, whom no policy binds. */
async function filtered(client: Client, entity: Entity, rule: Rule, environment: Environment): Promise<readonly string[]> {
  const outside = (expression: Expression) =>
    sql`${parameter(storedValue(typeOf(expression), evaluate(expression, environment)))}::${sqlType(typeOf(expression))}`;
  const condition =
    typeof rule === "object"
      ? expressionToSql(rule, { column: (field) => sql`"row".${columnOf(field)}`, outside })
      : raw(String(rule === "all"));
  const { text, values } = render(sql`select ${list([name("id")])} from ${tableOf(entity.id)} as "row" where ${condition}`);
  return idsOf(await client.query(text, [...values]));
}

/** Row-level security: no condition at all, as the login role in another role. */
async function secured(client: Client, model: Model, entity: Entity, role: string, caller: Caller): Promise<readonly string[]> {
  await speakAs(client, model, { role, caller });
  const { text } = render(sql`select id from ${tableOf(entity.id)}`);
  const ids = idsOf(await client.query(text));
  await speakAsSuperuser(client);
  return ids;
}

const operationsThatRead = (model: Model, entity: Entity): readonly string[] =>
  model.operations
    .filter(({ reads }) => reads.includes(entity.id))
    .map(({ id }) => id)
    .slice(0, 1);

async function serverTime(client: Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>("select now()");
  const [row] = rows;
  if (!row) throw new Error("now() answered nothing.");
  return row.now;
}
