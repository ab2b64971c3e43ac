import { loginRole, maintenanceRole, operationRole, entityRole, signUpRole, type Model } from "@archwright/model";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelDatabase, models, operation, outcomeOf, routes, speakAs, type ModelDatabase } from "./model-database.ts";

interface Column {
  readonly table: string;
  readonly column: string;
}

let databases: Readonly<Record<"shop" | "everything", ModelDatabase>>;
beforeAll(async () => {
  databases = { shop: await modelDatabase(models.shop), everything: await modelDatabase(models.everything) };
  await Promise.all(Object.values(databases).map(({ client }) => client.query(attempt)));
});
afterAll(() => Promise.all(Object.values(databases).map((database) => database.drop())));

/** What every role of the shop may do, by hand. A verb without columns is allowed on each. */
const shopPrivileges: Readonly<Record<string, readonly string[]>> = {
  "catalog.reserveStock": ["select catalog.product", "update catalog.product (stock)"],
  "catalog.searchProducts": ["select catalog.product"],
  "orders.cancelOrder": ["select orders.order", "update orders.order (status)", "select orders.order_lines"],
  "orders.getOrder": ["select orders.order", "select orders.order_lines"],
  "orders.markPaid": ["select orders.order", "update orders.order (status)", "select orders.order_lines"],
  "orders.placeOrder": ["insert orders.order", "insert orders.order_lines"],
  "payments.startPayment": ["select payments.payment", "insert payments.payment", "update payments.payment", "delete payments.payment"],
  "catalog.Product": ["select catalog.product", "insert catalog.product", "update catalog.product (name, price, stock)"],
  "identity.User": ["select identity.user", "update identity.user (email, name)"],
  "orders.Order": ["select orders.order", "select orders.order_lines"],
};

/** Some of the fixture's: one for each step of a body, handlers, secrets, `only`, and a job. */
const readSamples = ["select lab.sample", "select lab.sample_readings"];
const readSuppliers =
  "select directory.supplier (active, address, code, contact, contract, credit, founded, id, joined, lead_time, organisation, phone, rating, site, tier)";
const everythingPrivileges: Readonly<Record<string, readonly string[]>> = {
  "lab.readSample": readSamples,
  "lab.ownSamples": readSamples,
  "lab.addSample": ["insert lab.sample", "insert lab.sample_readings"],
  "lab.renameSample": ["select lab.sample", "update lab.sample (title)", "select lab.sample_readings"],
  "lab.retake": [
    "select lab.sample",
    "update lab.sample (taken)",
    "select lab.sample_readings",
    "insert lab.sample_readings",
    "delete lab.sample_readings",
  ],
  "lab.useSample": ["select lab.sample", "update lab.sample (status)", "select lab.sample_readings"],
  "lab.countUp": ["select lab.sample", "update lab.sample (count)", "select lab.sample_readings"],
  "lab.discard": ["select lab.sample", "delete lab.sample", "select lab.sample_readings"],
  "lab.forgetSpoilt": ["select lab.sample", "delete lab.sample", "select lab.sample_readings"],
  "lab.label": readSamples,
  "lab.settle": [],
  "directory.importSupplier": [
    "select directory.organisation",
    "select directory.supplier",
    "insert directory.supplier",
    "update directory.supplier",
    "delete directory.supplier",
  ],
  "directory.Supplier": [readSuppliers, "insert directory.supplier", "update directory.supplier (lead_time, rating)"],
  "directory.Person": [
    "select directory.person",
    "update directory.person (email, name, organisation)",
    "select directory.person_skills",
    "insert directory.person_skills",
    "delete directory.person_skills",
  ],
};

describe.each([
  ["shop", shopPrivileges],
  ["everything", everythingPrivileges],
] as const)("%s", (called, expected) => {
  test.each(Object.entries(expected))("%s may do what it declares, and is refused everything else", async (id, allowed) => {
    const { model, trial } = databases[called];
    const found = await trial(async (client) => {
      const columns = await columnsOf(client);
      await speakAs(client, model, { role: operationRole(model.name, id), caller: { role: "system", id: null } });
      return privileges(client, columns);
    });
    expect(found).toEqual(allowed);
  });

  test("whoever signs up may only become a row", async () => {
    const { model, trial } = databases[called];
    const found = await trial(async (client) => {
      const columns = await columnsOf(client);
      await speakAs(client, model, { role: signUpRole(model.name) });
      return privileges(client, columns);
    });
    expect(found).toEqual(called === "shop" ? ["insert identity.user"] : ["insert directory.person", "insert directory.person_skills"]);
  });

  test("the login role reaches the machinery and no entity", async () => {
    const { model, trial } = databases[called];
    const found = await trial(async (client) => {
      const columns = await columnsOf(client);
      await speakAs(client, model, { caller: { role: "system", id: null } });
      return privileges(client, columns);
    });
    const machinery = ["account", "delivery", "file", "idempotency", "inbox", "job", "message", "outbox", "session", "signing_key"];
    const all = (table: string): readonly string[] => ["select", "insert", "update", "delete"].map((verb) => `${verb} archwright.${table}`);
    expect(found).toEqual([...machinery.flatMap(all), "select archwright.system"]);
  });

  test("the login role may not become the maintenance role", async () => {
    const { model, trial } = databases[called];
    const outcome = await trial(async (client) => {
      await speakAs(client, model, {});
      return outcomeOf(client, `set role ${client.escapeIdentifier(maintenanceRole(model.name))}`);
    });
    expect(outcome).toBe("42501");
  });

  test("every table of an entity forces row-level security", async () => {
    const { client } = databases[called];
    const { rows } = await client.query<{ table: string }>(
      `select relnamespace::regnamespace || '.' || relname as table from pg_class
       where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'archwright') and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  test("no role of the system owns a table, bypasses row security or has a right of its own", async () => {
    const { model, client } = databases[called];
    const { rows } = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where (rolname = any ($1) and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication or rolinherit or (rolcanlogin and rolname <> $2)))
       or (rolname = any ($1) and exists (select from pg_class where relowner = pg_roles.oid))`,
      [rolesOf(model), loginRole(model.name)],
    );
    expect(rows).toEqual([]);
  });

  test("the login role takes roles on and inherits nothing from them", async () => {
    const { model, client } = databases[called];
    const { rows } = await client.query<{ role: string }>(
      `select roleid::regrole::text as role from pg_auth_members join pg_roles on pg_roles.oid = member
       where rolname = $1 and (inherit_option or admin_option or not set_option)`,
      [loginRole(model.name)],
    );
    expect(rows).toEqual([]);
  });
});

test("a handler that reaches past its declaration is refused", async () => {
  const { model, trial } = databases.shop;
  const outcome = await trial(async (client) => {
    await speakAs(client, model, { role: operation(model, "payments.startPayment"), caller: { role: "customer", id: "usr_1" } });
    return outcomeOf(client, 'select * from "orders"."order"');
  });
  expect(outcome).toBe("42501");
});

test("one role cannot become another", async () => {
  const { model, trial } = databases.shop;
  const outcome = await trial(async (client) => {
    await client.query(`create role "${model.name} visitor" in role "${operation(model, "orders.getOrder")}"`);
    await client.query(`set local session authorization "${model.name} visitor"`);
    return outcomeOf(client, `set role "${routes(model, "orders.Order")}"`);
  });
  expect(outcome).toBe("42501");
});

const rolesOf = (model: Model): readonly string[] => [
  ...[...model.operations, ...model.jobs].map(({ id }) => operationRole(model.name, id)),
  ...model.entities.map(({ id }) => entityRole(model.name, id)),
  ...[loginRole, signUpRole, maintenanceRole].map((roleOf) => roleOf(model.name)),
];

async function columnsOf(client: Client): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(
    `select format('%I.%I', table_schema, table_name) as table, quote_ident(column_name) as column from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  return rows;
}

/** Tries every verb on every column of every table, and says what PostgreSQL let happen. */
async function privileges(client: Client, columns: readonly Column[]): Promise<readonly string[]> {
  const tries = columns.flatMap(({ table, column }) =>
    Object.entries(attempts).map(([verb, statement]) => ({ table, column, verb, statement: statement(table, column) })),
  );
  const { rows } = await client.query<{ allowed: boolean }>(
    "select public.attempt(statement) as allowed from unnest($1::text[]) with ordinality as tries(statement, place) order by place",
    [tries.map(({ statement }) => statement)],
  );
  const columnsByVerb = new Map<string, string[]>();
  tries.forEach(({ table, verb, column }, index) => {
    if (rows[index]?.allowed) columnsByVerb.set(`${verb} ${table}`, [...(columnsByVerb.get(`${verb} ${table}`) ?? []), column]);
  });
  const inOrder = [...new Set(tries.map(({ table }) => table))].flatMap((table) => Object.keys(attempts).map((verb) => ({ verb, table })));
  return inOrder.flatMap(({ verb, table }) => {
    const allowed = columnsByVerb.get(`${verb} ${table}`);
    const all = columns.filter((column) => column.table === table).length;
    return allowed ? [`${verb} ${table}${allowed.length === all ? "" : ` (${allowed.join(", ")})`}`.replaceAll('"', "")] : [];
  });
}

/** Only a missing privilege counts as a refusal: any other error is a mistake of the test. */
const attempt = `create function public.attempt(statement text) returns boolean language plpgsql as $$
begin
  execute statement;
  return true;
exception when insufficient_privilege then
  return false;
end
$$`;

const attempts: Readonly<Record<string, (table: string, column: string) => string>> = {
  select: (table, column) => `select ${column} from ${table} where false`,
  insert: (table, column) => `insert into ${table} (${column}) overriding system value select null where false`,
  update: (table, column) =>
    `update ${table} set ${column} = ${column === "id" && table === "archwright.delivery" ? "default" : "null"} where false`,
  delete: (table) => `delete from ${table} where false`,
};
