import {
  evaluate,
  expressionToSql,
  parameter,
  raw,
  render,
  sql,
  sqlType,
  storedValue,
  typeOf,
  type Expression,
  type Field,
  type ValueType,
} from "@archwright/model";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patternToSql } from "../../packages/compiler/src/emit/sql/pattern.ts";
import { modelDatabase, models, type ModelDatabase } from "./model-database.ts";

// What JavaScript and PostgreSQL would see differently, were each left to its own ideas.

let database: ModelDatabase;
beforeAll(async () => {
  database = await modelDatabase(models.shop);
});
afterAll(() => database.drop());

const literal = (value: string): Expression => ({ kind: "literal", type: { kind: "text" }, value });

async function column(statement: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
  const { rows } = await database.client.query<{ answer: unknown }>(statement, [...values]);
  return rows.map(({ answer }) => answer);
}

describe("search", () => {
  const matches = (searched: string, words: string): unknown =>
    evaluate({ kind: "matches", of: literal(searched), words: literal(words) }, {});

  test("puts every letter of every script into the same lower case", async () => {
    // Letters that came with Unicode 16 are in PostgreSQL 18 and not in every supported Node.
    const letters = Array.from({ length: 0x10ffff }, (_, code) => code + 1).filter(
      (code) => (code < 0xd800 || code > 0xdfff) && /^\p{Lu}|\p{Lt}|\p{Ll}$/u.test(String.fromCodePoint(code)),
    );
    const characters = letters.map((code) => String.fromCodePoint(code));
    const lower = await column(
      `select lower(letter collate "pg_c_utf8") as answer from unnest($1::text[]) with ordinality as letters(letter, place) order by place`,
      [characters],
    );
    const differing = characters.filter((character, index) => matches(character, String(lower[index])) !== true);
    expect(differing.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
  });

  test("finds the same texts", async () => {
    const piece = fc.constantFrom("a", "A", "ß", "İ", "Σ", "ς", "%", "_", "\\", " ", "\u00a0", "\u3000", "\n", "🦊", "b");
    const pairs = fc.sample(fc.tuple(fc.string({ unit: piece, maxLength: 8 }), fc.string({ unit: piece, maxLength: 4 })), 2000);
    const found = await column(
      "select archwright.matches(searched, words) as answer from unnest($1::text[], $2::text[]) with ordinality as pairs(searched, words, place) order by place",
      [pairs.map(([searched]) => searched), pairs.map(([, words]) => words)],
    );
    expect(found).toEqual(pairs.map(([searched, words]) => matches(searched, words)));
    expect(new Set(found)).toEqual(new Set([true, false]));
  });

  test("can be answered by the trigram index", async () => {
    const plan = await database.trial(async (client) => {
      await client.query(
        "insert into catalog.product (id, name, price, stock) select 'prd_' || n, 'product ' || md5(n::text), 1, 1 from generate_series(1, 5000) as n",
      );
      await client.query("analyze catalog.product");
      await client.query("set local enable_seqscan = off");
      await client.query("prepare search(text) as select id from catalog.product where archwright.matches(name, $1)");
      const { rows } = await client.query<{ "QUERY PLAN": string }>("explain execute search('abcdef product')");
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toContain("product_name_search_idx");
  });
});

describe("a pattern", () => {
  const patterns: readonly (readonly [pattern: RegExp, accepted: string])[] = [
    [/[A-Z]{3}/, "ABC"],
    [/\d+(?:\.\d{1,2})?/, "12.5"],
    [/[\w.+-]+@[\w-]+\.[a-z]{2,}/, "a.b@c-d.ef"],
    [/(?=.*\d)[a-z\d]{2,}/, "a1"],
    [/a|bc/, "bc"],
    [/(ab)\1/, "abab"],
    [/(?<year>\d{2})-/, "12-"],
    [/[^\s]*/, "ab"],
    [/\S+\s\S+/, "a\u00a0b"],
    [/\bab\b.*/, "ab."],
    [/ab\B.*/, "aba"],
    [/[[\]a]+/, "[a]"],
    [/[\\^-]+/, "-\\^"],
    [/a{2}b{0,}c?/, "aabbc"],
    [/x{/, "x{"],
    [/}]/, "}]"],
    [/\u0041\x42/, "AB"],
    [/.*/, "aé\\"],
    [/[.]{2}/, ".."],
    [/\//, "/"],
    [/a+?b*?/, "aab"],
    [/(?<!a)b.*/, "bé"],
    [/[a-c\d_]+/, "a1_"],
    [/\$\^/, "$^"],
    [/[[:alpha:]]/, ":]"],
    [/\W\D/, "é."],
    [/[\W\d]+/, "1@"],
  ];
  const unit = fc.constantFrom(
    "a",
    "b",
    "c",
    "A",
    "B",
    "Z",
    "1",
    "2",
    ".",
    "-",
    "@",
    " ",
    "\n",
    "\u00a0",
    "é",
    "١",
    "_",
    "\\",
    "[",
    "]",
    "^",
    "$",
    "{",
    "}",
    "x",
    "/",
    ":",
  );

  test.each(patterns)("%s accepts the same texts", async (pattern, accepted) => {
    const whole = new RegExp(`^(?:${pattern.source})$`);
    const texts = [
      accepted,
      ...fc.sample(fc.string({ unit, maxLength: 4 }), 1000),
      ...fc.sample(fc.array(fc.oneof(unit, fc.constant(accepted)), { maxLength: 3 }), 300).map((parts) => parts.join("")),
    ];
    const found = await column(
      'select candidate collate "C" ~ $2 as answer from unnest($1::text[]) with ordinality as texts(candidate, place) order by place',
      [texts, patternToSql(pattern.source)],
    );
    expect(texts.filter((text, index) => found[index] !== whole.test(text))).toEqual([]);
    expect(found[0]).toBe(true);
  });

  test.each([/\p{L}+/u, /a{300}/, /[^]/, /(?<year>a)\k<year>/, /\cA/, /[\S]/].map(({ source }) => source))(
    "%s is left to the contract",
    (source) => {
      expect(patternToSql(source)).toBeUndefined();
    },
  );
});

describe("a list that is given from outside", () => {
  const fields: readonly Field[] = [
    { kind: "int", name: "count", optional: true },
    { kind: "ref", entity: "catalog.Product", name: "product", optional: true },
    { kind: "money", currency: "EUR", name: "price", optional: true },
  ];
  const input: Expression = { kind: "variable", name: "input", type: { kind: "record", fields: [] } };
  const items: Expression = { kind: "field", of: input, name: "items", type: { kind: "list", fields } };
  const ofItem = (name: string, type: ValueType): Expression => ({
    kind: "field",
    of: { kind: "variable", name: "item1", type: { kind: "record", fields: [] } },
    name,
    type,
  });
  const ofRow = (name: string, type: ValueType): Expression => ({
    kind: "field",
    of: { kind: "variable", name: "row", type: { kind: "row", entity: "catalog.Product" } },
    name,
    type,
  });
  const named: Expression = {
    kind: "compare",
    op: "eq",
    left: ofItem("product", { kind: "ref", entity: "catalog.Product" }),
    right: ofRow("id", { kind: "id", prefix: "prd" }),
  };
  const conditions: Readonly<Record<string, Expression>> = {
    "some item names the row": { kind: "some", of: items, item: "item1", holds: named },
    "every item names the row": { kind: "every", of: items, item: "item1", holds: named },
    "the sum is above the row's": {
      kind: "compare",
      op: "above",
      left: {
        kind: "sum",
        of: items,
        item: "item1",
        each: ofItem("price", { kind: "money", currency: "EUR" }),
        type: { kind: "money", currency: "EUR" },
      },
      right: ofRow("price", { kind: "money", currency: "EUR" }),
    },
    "there are more items than the row has": {
      kind: "compare",
      op: "above",
      left: { kind: "count", of: items },
      right: ofRow("stock", { kind: "int" }),
    },
  };

  test.each(Object.entries(conditions))("%s", async (_, condition) => {
    const item = fc.record({
      count: fc.constantFrom(1, null),
      product: fc.constantFrom("prd_1", "prd_2", null),
      price: fc.constantFrom(1, 3, null),
    });
    for (const given of fc.sample(fc.option(fc.array(item, { maxLength: 3 }), { freq: 8 }), 60)) {
      const list = given?.map((one) => ({ ...one, price: one.price === null ? null : money(one.price) })) ?? null;
      const environment = { input: { items: list }, row: { id: "prd_1", price: money(2), stock: 1 } };
      const outside = (expression: Expression) =>
        sql`${parameter(storedValue(typeOf(expression), evaluate(expression, environment)))}::${sqlType(typeOf(expression))}`;
      const row = sql`(select 'prd_1' as id, 2::bigint as price, 1::bigint as stock) as "row"`;
      const { text: statement, values } = render(
        sql`select ${expressionToSql(condition, { column: (name) => raw(`"row".${name}`), outside })} as answer from ${row}`,
      );
      expect([given, ...(await column(statement, values))]).toEqual([given, evaluate(condition, environment)]);
    }
  });

  const money = (amount: number): unknown =>
    evaluate({ kind: "literal", type: { kind: "money", currency: "EUR" }, value: { amount, currency: "EUR" } }, {});
});
