import { invariantName } from "@archwright/model";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  modelDatabase,
  models,
  operation,
  outcomeOf,
  routes,
  speakAs,
  speakAsSuperuser,
  sqlStateOf,
  type ModelDatabase,
} from "./model-database.ts";

let shop: ModelDatabase;
let everything: ModelDatabase;
beforeAll(async () => {
  [shop, everything] = await Promise.all([modelDatabase(models.shop), modelDatabase(models.everything)]);
});
afterAll(() => Promise.all([shop.drop(), everything.drop()]));

const customer = (id: string) => ({ role: "customer", id });
const system = { role: "system", id: null };

const order = (id: string, buyer: string, total: number): string =>
  `insert into orders."order" (id, buyer, total, placed_at, status) values ('${id}', '${buyer}', ${total}, now(), 'pending')`;
const line = (id: string, position: number, quantity: number, price: number): string =>
  `insert into orders.order_lines (_parent, _position, product, quantity, price) values ('${id}', ${position}, 'prd_1', ${quantity}, ${price})`;

/** What PostgreSQL says when the transaction would end. */
async function promiseBroken(client: Client): Promise<unknown> {
  await client.query("savepoint ending");
  try {
    await client.query("set constraints all immediate");
    return "kept";
  } catch (error) {
    await client.query("rollback to savepoint ending");
    return constraintOf(error);
  }
}

function constraintOf(error: unknown): unknown {
  if (sqlStateOf(error) !== "23514") throw error;
  const { schema, table, constraint } = error as Readonly<Record<"schema" | "table" | "constraint", string>>; // A DatabaseError of pg: it has a state.
  return `${schema}.${table}: ${constraint}`;
}

describe("an invariant over a list", () => {
  const sum = "orders.order: the total is the sum of the lines";
  const cases: readonly (readonly [what: string, statements: readonly string[], outcome: string])[] = [
    ["holds for a row with its items", [order("ord_1", "usr_1", 700), line("ord_1", 1, 2, 300), line("ord_1", 2, 1, 100)], "kept"],
    ["is broken by a wrong sum", [order("ord_1", "usr_1", 701), line("ord_1", 1, 2, 300), line("ord_1", 2, 1, 100)], sum],
    ["is broken by missing items", [order("ord_1", "usr_1", 700)], sum],
    ["holds for nothing at all", [order("ord_1", "usr_1", 0)], "kept"],
  ];
  test.each(cases)("%s, for whoever may only insert", async (_, statements, outcome) => {
    const found = await shop.trial(async (client) => {
      await speakAs(client, shop.model, { role: operation(shop.model, "orders.placeOrder"), caller: customer("usr_1") });
      for (const statement of statements) await client.query(statement);
      return promiseBroken(client);
    });
    expect(found).toBe(outcome);
  });

  const kept = [order("ord_1", "usr_1", 700), line("ord_1", 1, 2, 300), line("ord_1", 2, 1, 100)];
  const changes: readonly (readonly [what: string, change: string, outcome: string])[] = [
    ["an item changes", "update orders.order_lines set quantity = 3 where _position = 1", sum],
    ["an item goes", "delete from orders.order_lines where _position = 2", sum],
    ["an item comes", line("ord_1", 3, 1, 5), sum],
    ["the row changes", 'update orders."order" set total = 1', sum],
    ["the row goes with its items", 'delete from orders."order"', "kept"],
    ["what the promise does not name changes", `update orders."order" set status = 'paid'`, "kept"],
  ];
  test.each(changes)("is asked again when %s", async (_, change, outcome) => {
    const found = await shop.trial(async (client) => {
      for (const statement of [...kept, "set constraints all immediate", "set constraints all deferred", change])
        await client.query(statement);
      return promiseBroken(client);
    });
    expect(found).toBe(outcome);
  });

  test("counts what the writer may not see", async () => {
    const found = await shop.trial(async (client) => {
      for (const statement of kept) await client.query(statement);
      await client.query("set constraints all immediate");
      await client.query("set constraints all deferred");
      // Somebody else's order: nothing of it is visible here.
      await speakAs(client, shop.model, { role: operation(shop.model, "orders.placeOrder"), caller: customer("usr_2") });
      await client.query(line("ord_1", 3, 1, 5));
      return promiseBroken(client);
    });
    expect(found).toBe(sum);
  });

  test("ends a transaction of the login role with its name", async () => {
    const { client, model } = shop;
    await client.query("begin");
    await speakAs(client, model, { role: operation(model, "orders.placeOrder"), caller: customer("usr_1") });
    await client.query(order("ord_9", "usr_1", 5));
    await client.query("reset role");
    const failure: unknown = await client.query("commit").then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(constraintOf(failure)).toBe(sum);
  });

  test("is refused by the beginning of a statement that is too long for a name", async () => {
    const statement =
      models.everything.entities.flatMap(({ invariants }) => invariants).find(({ statement: text }) => text.length > 63)?.statement ?? "";
    const found = await everything.trial(async (client) => {
      await client.query(`insert into lab.sample (id, price) values ('smp_1', 5)`);
      await client.query(`insert into lab.sample_readings (_parent, _position, cost, tags) values ('smp_1', 1, 6, '[]')`);
      return promiseBroken(client);
    });
    expect(found).toBe(`lab.sample: ${invariantName(statement)}`);
  });

  test("does not fail for what is missing", async () => {
    const found = await everything.trial(async (client) => {
      await client.query(`insert into lab.sample (id, price) values ('smp_1', null)`);
      await client.query(`insert into lab.sample_readings (_parent, _position, cost, tags) values ('smp_1', 1, 6, '[]')`);
      return promiseBroken(client);
    });
    expect(found).toBe("kept");
  });

  test("a list with too few items is refused", async () => {
    const found = await everything.trial(async (client) => {
      await client.query(`insert into lab.sample (id) values ('smp_1')`);
      return promiseBroken(client);
    });
    expect(found).toBe("lab.sample: readings_min");
  });
});

describe("a fact of a field", () => {
  const person = (id: string, organisation: string, email: string): string =>
    `insert into directory.person (id, organisation, email, name) values ('${id}', '${organisation}', '${email}', 'n')`;
  const supplier = (changes: Readonly<Record<string, string>>): string => {
    const values = {
      id: "'sup_1'",
      organisation: "'org_1'",
      code: "'ABC'",
      lead_time: "1000",
      contact: "'a@b'",
      site: "'https://x'",
      address: `'{"street":"a","city":"b"}'`,
      api_key: "'s'",
      credit: "10",
      ...changes,
    };
    return `insert into directory.supplier (${Object.keys(values).join(", ")}) values (${Object.values(values).join(", ")})`;
  };
  const cases: readonly (readonly [what: string, statements: readonly string[], outcome: string])[] = [
    ["a row within all bounds is accepted", [supplier({ rating: "5", founded: "'1800-01-01'", tier: "'gold'" })], "allowed"],
    ["a number below its minimum is refused", [supplier({ rating: "-0.01" })], "rating_min"],
    ["a number above its maximum is refused", [supplier({ rating: "5.01" })], "rating_max"],
    ["a date before its minimum is refused", [supplier({ founded: "'1799-12-31'" })], "founded_min"],
    ["a duration above its maximum is refused", [supplier({ lead_time: String(90 * 86_400_000 + 1) })], "lead_time_max"],
    ["a text that does not match as a whole is refused", [supplier({ code: "'ABCD'" })], "code_pattern"],
    ["a value that is not one of them is refused", [supplier({ tier: "'iron'" })], "tier_values"],
    ["an invariant of a row is refused by its name", [supplier({ tier: "'gold'", credit: "0" })], "gold has credit"],
    ["a text that is too short is refused", ["insert into directory.organisation (id, name) values ('org_2', '')"], "name_min"],
    ["a unique value may be there once for each tenant", [supplier({}), supplier({ id: "'sup_2'", organisation: "'org_2'" })], "allowed"],
    ["a unique value may not be there twice for a tenant", [supplier({}), supplier({ id: "'sup_2'" })], "supplier_code_key"],
    [
      "without a tenant a unique value may be there once",
      [person("per_1", "org_1", "a@b"), person("per_2", "org_2", "a@b")],
      "person_email_key",
    ],
    ["a reference within the context needs its row", [person("per_1", "org_3", "a@b")], "person_organisation_fkey"],
    [
      "a unique value of an item may be there once in its list",
      [person("per_1", "org_1", "a"), ...[1, 2].map((at) => `insert into directory.person_skills values ('per_1', ${at}, 'sql', 1)`)],
      "person_skills_name_key",
    ],
    [
      "a list has no more items than its maximum",
      [person("per_1", "org_1", "a"), "insert into directory.person_skills values ('per_1', 21, 'sql', 1)"],
      "skills_max",
    ],
    [
      "a list within a list has no more items than its maximum",
      [
        `insert into lab.sample (id) values ('smp_1')`,
        `insert into lab.sample_readings (_parent, _position, cost, tags) values ('smp_1', 1, 0, '[1,2,3,4,5,6]')`,
      ],
      "tags_max",
    ],
  ];
  test.each(cases)("%s", async (_, statements, outcome) => {
    const found = await everything.trial(async (client) => {
      await client.query("insert into directory.organisation (id, name) values ('org_1', 'one'), ('org_2', 'two')");
      try {
        for (const statement of statements) await client.query(statement);
        return "allowed";
      } catch (error) {
        return (error as { constraint?: string }).constraint ?? error; // A DatabaseError of pg.
      }
    });
    expect(found).toBe(outcome);
  });
});

describe("a lifecycle", () => {
  test.each([
    ["pending", "paid", "allowed"],
    ["paid", "refunded", "allowed"],
    ["pending", "pending", "allowed"],
    ["pending", "shipped", "23514"],
    ["shipped", "pending", "23514"],
    ["pending", "lost", "23514"],
  ])("from %s to %s is %s", async (before, after, outcome) => {
    const found = await shop.trial(async (client) => {
      await client.query(`insert into orders."order" (id, buyer, total, status) values ('ord_1', 'usr_1', 0, '${before}')`);
      await speakAs(client, shop.model, { role: operation(shop.model, "orders.markPaid"), caller: system });
      return outcomeOf(client, `update orders."order" set status = '${after}' where id = 'ord_1'`);
    });
    expect(found).toBe(outcome);
  });

  test("a refused move names its constraint", async () => {
    const failure = await shop.trial(async (client) => {
      await client.query(order("ord_1", "usr_1", 0));
      return client.query(`update orders."order" set status = 'shipped'`).catch((error: unknown) => error);
    });
    expect(constraintOf(failure)).toBe("orders.order: status_moves");
  });

  test("a row begins in the first state", async () => {
    const { rows } = await shop.trial((client) =>
      client.query(`insert into orders."order" (id, buyer, total) values ('ord_1', 'usr_1', 0) returning status`),
    );
    expect(rows).toEqual([{ status: "pending" }]);
  });
});

describe("row-level security", () => {
  async function changed(speaker: Parameters<typeof speakAs>[2], statement: string): Promise<string> {
    return shop.trial(async (client) => {
      for (const id of ["usr_1", "usr_2"]) await client.query(order(`ord_of_${id}`, id, 0));
      await client.query("insert into identity.user (id, email, name) values ('usr_1', 'a', 'a'), ('usr_2', 'b', 'b')");
      await speakAs(client, shop.model, speaker);
      try {
        return String((await client.query(statement)).rowCount);
      } catch (error) {
        return sqlStateOf(error);
      }
    });
  }
  const cancelOrder = (): string => operation(models.shop, "orders.cancelOrder");
  const userRoutes = (): string => routes(models.shop, "identity.User");
  const cancel = `update orders."order" set status = 'cancelled'`;

  test("a caller changes his own rows, even where the statement forgets to ask whose", async () => {
    expect(await changed({ role: cancelOrder(), caller: customer("usr_1") }, cancel)).toBe("1");
  });
  test("the system changes every row", async () => {
    expect(await changed({ role: cancelOrder(), caller: system }, cancel)).toBe("2");
  });
  test("nobody changes anything where it was not said who calls", async () => {
    expect(await changed({ role: cancelOrder() }, cancel)).toBe("0");
  });
  test("nobody creates anything where it was not said who calls", async () => {
    expect(await changed({ role: operation(models.shop, "orders.placeOrder") }, order("ord_3", "usr_1", 0))).toBe("42501");
  });
  test("at the routes of an entity the system has no rights of its own", async () => {
    expect(await changed({ role: userRoutes(), caller: system }, "update identity.user set name = 'x'")).toBe("0");
  });
  test("a rule for changes holds for the row after the change too", async () => {
    // The id itself is not among the columns that the routes may change.
    const outcome = await everything.trial(async (client) => {
      await client.query("insert into lab.sample (id, owner) values ('smp_1', 'per_1')");
      await speakAs(client, everything.model, { role: routes(everything.model, "lab.Sample"), caller: { role: "own", id: "per_1" } });
      return outcomeOf(client, "update lab.sample set owner = 'per_2'");
    });
    expect(outcome).toBe("42501");
  });
  test("whoever signs up needs no role to become a row, and sees none", async () => {
    const outcomes = await shop.trial(async (client) => {
      await speakAs(client, shop.model, { role: "shop/sign-up" });
      return [
        await outcomeOf(client, "insert into identity.user (id, email, name) values ('usr_1', 'a', 'a')"),
        await outcomeOf(client, "select id from identity.user"),
      ];
    });
    expect(outcomes).toEqual(["allowed", "42501"]);
  });

  describe("of a list", () => {
    const insertReading = `insert into lab.sample_readings (_parent, _position, cost, tags) values ('smp_1', 2, 0, '[]')`;
    async function outcome(
      caller: { role: string; id: string | null },
      statement: string,
      role = routes(models.everything, "lab.Sample"),
    ): Promise<string> {
      return everything.trial(async (client) => {
        await client.query("insert into lab.sample (id, owner) values ('smp_1', 'per_1')");
        await client.query(`insert into lab.sample_readings (_parent, _position, by, cost, tags) values ('smp_1', 1, 'per_2', 0, '[]')`);
        await speakAs(client, everything.model, { role, caller });
        try {
          return String((await client.query(statement)).rowCount);
        } catch (error) {
          return sqlStateOf(error);
        }
      });
    }
    test("items are visible with their row", async () => {
      expect(await outcome({ role: "own", id: "per_1" }, "select from lab.sample_readings")).toBe("1");
      expect(await outcome({ role: "own", id: "per_2" }, "select from lab.sample_readings")).toBe("0");
    });
    test("who may change the row may add and remove items", async () => {
      expect(await outcome({ role: "own", id: "per_1" }, insertReading)).toBe("1");
      expect(await outcome({ role: "own", id: "per_1" }, "delete from lab.sample_readings")).toBe("1");
    });
    test("who may only see the row may neither add nor remove items", async () => {
      expect(await outcome({ role: "others", id: "per_2" }, "select from lab.sample_readings")).toBe("1");
      expect(await outcome({ role: "others", id: "per_2" }, insertReading)).toBe("42501");
      expect(await outcome({ role: "others", id: "per_2" }, "delete from lab.sample_readings")).toBe("0");
    });
    test("a rule that asks the items decides about the items", async () => {
      expect(await outcome({ role: "readers", id: "per_2" }, insertReading)).toBe("1");
      expect(await outcome({ role: "readers", id: "per_3" }, insertReading)).toBe("42501");
    });
    test("who creates a row that he may not see gives it its items", async () => {
      const outcomes = await everything.trial(async (client) => {
        await speakAs(client, everything.model, { role: routes(everything.model, "lab.Sample"), caller: { role: "drops", id: "per_1" } });
        const steps = ["insert into lab.sample (id, owner) values ('smp_1', 'per_1')", insertReading];
        for (const step of steps) await client.query(step);
        const { rowCount } = await client.query("select from lab.sample");
        await speakAsSuperuser(client);
        return [rowCount, (await client.query("select from lab.sample_readings")).rowCount];
      });
      expect(outcomes).toEqual([0, 1]);
    });
    test("a new row has to follow the rule of whoever creates it", async () => {
      expect(await outcome({ role: "drops", id: "per_1" }, "insert into lab.sample (id, owner) values ('smp_2', 'per_2')")).toBe("42501");
    });
  });
});
