import { describe, expect, test } from "vitest";
import { as, ids, row, testApp } from "./test-app.ts";

const thing = { name: "Cup", count: 1, price: { amount: 100, currency: "EUR" }, parts: [] };

/** What the server finds wrong with a new thing: the places, with the words. */
async function faults(body: unknown): Promise<Record<string, string>> {
  const { app, ask } = testApp({ answer: () => ({}) });
  const response = await ask({
    method: "POST",
    url: "/things",
    headers: { ...as("staff"), "content-type": "application/json" },
    payload: JSON.stringify(body),
  });
  await app.close(1_000);
  const { errors = [] } = response.json<{ errors?: { pointer: string; detail: string }[] }>();
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
}

test.each([
  ["a name that is too short", { name: "C" }, { "/name": "must be text of 2 to 20 characters" }],
  ["a name that is a number", { name: 12 }, { "/name": "must be text of 2 to 20 characters" }],
  ["a text of another form", { code: "abc" }, { "/code": "must be text of the form [A-Z]{3}" }],
  ["a number as text", { count: "1" }, { "/count": "must be a whole number, at least 0" }],
  ["a number with a fraction", { count: 1.5 }, { "/count": "must be a whole number, at least 0" }],
  ["a number that no double holds", { count: 2 ** 60 }, { "/count": "must be a whole number, at least 0" }],
  [
    "money in another currency",
    { price: { amount: 1, currency: "USD" } },
    { "/price/currency": 'must be money in minor units, such as {"amount": 1299, "currency": "EUR"}' },
  ],
  ["money as a number", { price: 12.99 }, { "/price": 'must be money in minor units, such as {"amount": 1299, "currency": "EUR"}' }],
  [
    "a decimal with too many places",
    { weight: "1.234" },
    { "/weight": 'must be a decimal as text, such as "12.5", with at most 6 digits, 2 of them behind the point' },
  ],
  ["a decimal below its bound", { weight: "-1.00" }, { "/weight": "must be at least 0" }],
  ["a time without a zone", { made: "2026-01-31T10:00:00" }, { "/made": 'must be a time with its zone, such as "2026-01-31T09:30:00Z"' }],
  ["a time on no day", { made: "2026-02-31T10:00:00Z" }, { "/made": 'must be a time with its zone, such as "2026-01-31T09:30:00Z"' }],
  [
    "a time that is past the year 9999 in UTC",
    { made: "9999-12-31T23:59:59-01:00" },
    { "/made": 'must be a time with its zone, such as "2026-01-31T09:30:00Z"' },
  ],
  ["a leap second", { made: "2016-12-31T23:59:60Z" }, { "/made": 'must be a time with its zone, such as "2026-01-31T09:30:00Z"' }],
  ["a day that is none", { day: "2026-02-29" }, { "/day": 'must be a day, such as "2026-01-31"' }],
  ["a day of the year 0", { day: "0000-01-01" }, { "/day": 'must be a day, such as "2026-01-31"' }],
  ["a duration without a unit", { wait: "90" }, { "/wait": 'must be a duration in ms, s, m, h or d, such as "90d"' }],
  ["an unknown choice", { kind: "c" }, { "/kind": 'must be one of "a", "b"' }],
  ["an id of another entity", { owner: ids.thing }, { "/owner": 'must be the id of a User: "usr_" and 26 characters of a-z and 0-9' }],
  [
    "too many items",
    { parts: Array.from({ length: 4 }, () => ({ part: "x", count: 1 })) },
    { "/parts": "must be a list of at most 3 items" },
  ],
  ["an item that lacks a field", { parts: [{ part: "x" }] }, { "/parts/0/count": "is missing: it must be a whole number, at least 1" }],
  ["a record with an unknown field", { place: { room: "1", floor: 2 } }, { "/place/floor": "is not known: only room is" }],
  [
    "a row's own id",
    { id: ids.thing },
    { "/id": "is not known: only name, code, count, price, weight, made, day, wait, live, kind, key, owner, place, parts are" },
  ],
])("%s is refused where it stands, with what should be there", async (_what, changes, expected) => {
  expect(await faults({ ...thing, ...changes })).toEqual(expected);
});

test("everything that is wrong is said at once", async () => {
  expect(Object.keys(await faults({ name: 1, more: 2 }))).toEqual(expect.arrayContaining(["/name", "/more", "/count", "/price", "/parts"]));
});

test("a large body is told its first fault only", async () => {
  expect(Object.keys(await faults({ ...thing, name: 1, count: "x", code: "x".repeat(70_000) }))).toHaveLength(1);
});

test("a body that is no object is refused as a whole", async () => {
  expect(await faults([1])).toEqual({ "": "must be an object" });
});

describe("the input of a request", () => {
  test("is handed on in memory: money, times, decimals, and only what was given", async () => {
    const { ask, asked } = testApp({ answer: () => row });
    await ask({
      method: "POST",
      url: "/things",
      headers: as("staff"),
      payload: { ...thing, made: "2026-01-31T10:00:00.5+01:00", weight: "1.50" },
    });
    const input = asked[0]?.input as Record<string, { amount: bigint; digits: string }>;
    expect(Object.keys(input).sort()).toEqual(["count", "made", "name", "parts", "price", "weight"]);
    expect(input).toMatchObject({ name: "Cup", made: new Date("2026-01-31T09:00:00.500Z"), parts: [] });
    expect([input["price"]?.amount, String(input["weight"]?.digits)]).toEqual([100n, "1.50"]);
  });

  test("of an operation has every field, and null for what was left out", async () => {
    const { ask, asked } = testApp({ answer: () => ({ status: 200, body: { items: [], next: null } }) });
    await ask("/search?words=cup");
    expect(asked).toMatchObject([{ what: "shop.search", input: { words: "cup", limit: 20, after: null } }]);
  });

  test("of a change tells what was set to nothing from what was left out", async () => {
    const { ask, asked } = testApp({ answer: () => row });
    await ask({ method: "PATCH", url: `/things/${ids.thing}`, headers: as("staff"), payload: { code: null } });
    expect(asked).toMatchObject([{ what: "update shop.Thing", input: { id: ids.thing, changes: { code: null } } }]);
    expect(asked[0]?.input).toEqual({ id: ids.thing, changes: { code: null } });
  });

  test("of a list is its filters, sort, limit and cursor", async () => {
    const { ask, asked } = testApp();
    await ask({ url: "/things?live=true&kind=b&count=3&sort=-count&limit=5&after=abc", headers: as("staff") });
    expect(asked[0]?.input).toEqual({
      filters: { live: true, kind: "b", count: 3 },
      sort: { field: "count", descending: true },
      limit: 5,
      after: "abc",
    });
  });

  test("of a list without parameters is the standard page", async () => {
    const { ask, asked } = testApp();
    await ask({ url: "/things", headers: as("staff") });
    expect(asked[0]?.input).toEqual({ filters: {}, limit: 20 });
  });

  test.each([
    "/things?colour=red",
    "/things?count=three",
    "/things?live=yes",
    "/things?limit=0",
    "/things?limit=101",
    "/things?sort=name",
    "/things?kind=a&kind=b",
    "/things?__proto__=1",
    "/things?live=true&live=",
  ])("%s is refused", async (url) => {
    const { ask, asked } = testApp();
    expect((await ask({ url, headers: as("staff") })).json()).toMatchObject({ status: 400, code: "invalid-input" });
    expect(asked).toEqual([]);
  });

  test("an id in a path that cannot be one is refused before it is looked for", async () => {
    const { ask, asked } = testApp();
    expect((await ask({ url: "/things/thg_1", headers: as("staff") })).json()).toMatchObject({
      code: "invalid-input",
      errors: [{ pointer: "/id" }],
    });
    expect(asked).toEqual([]);
  });
});

describe("a body", () => {
  const send = (payload: string | Buffer, headers: Record<string, string> = { "content-type": "application/json" }) => {
    const { ask } = testApp({ answer: () => row });
    return ask({ method: "POST", url: "/things", headers: { ...as("staff"), ...headers }, payload });
  };
  const good = JSON.stringify(thing);

  test.each([
    ["that is no JSON", '{"name": }', /^The body is not JSON: Unexpected token/],
    ["with a prototype", '{"__proto__": {"admin": true}}', /__proto__/],
    ["with a constructor's prototype", '{"constructor": {"prototype": {"admin": true}}}', /constructor/],
    ["with the character NUL", good.replace("Cup", "C\\u0000p"), /U\+0000/],
    ["with half of a surrogate pair", good.replace("Cup", "C\\ud800p"), /surrogate/],
    ["that is not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /not UTF-8/],
    ["nested deeper than the stack", `{"name":${"[".repeat(200_000)}"\\u0000"${"]".repeat(200_000)}}`, /U\+0000/],
  ])("%s is refused", async (_what, payload, detail) => {
    const response = await send(payload);
    expect(response.json()).toMatchObject({ status: 400, code: "invalid-input", detail: expect.stringMatching(detail) });
  });

  test("with a whole surrogate pair, escaped, is text like any other", async () => {
    expect((await send(good.replace("Cup", "\\ud83d\\ude00 cup"))).statusCode).toBe(201);
  });

  test("of another type is refused with what to send", async () => {
    expect((await send("name=Cup", { "content-type": "application/x-www-form-urlencoded" })).json()).toMatchObject({
      status: 415,
      code: "unsupported-media-type",
      detail: expect.stringContaining("application/json"),
    });
  });

  test("that is compressed is refused rather than misread", async () => {
    expect((await send(good, { "content-type": "application/json", "content-encoding": "gzip" })).json()).toMatchObject({ status: 415 });
  });

  test("that is too large is refused", async () => {
    expect((await send(JSON.stringify({ ...thing, name: "x".repeat(1_100_000) }))).json()).toMatchObject({
      status: 413,
      code: "payload-too-large",
    });
  });

  test("may be left out where no field is required, also with a content type", async () => {
    const { ask } = testApp();
    expect((await ask({ method: "POST", url: "/ping", headers: { "content-type": "application/json" } })).statusCode).toBe(204);
    expect((await ask({ method: "POST", url: "/ping" })).statusCode).toBe(204);
    expect((await ask({ method: "POST", url: "/ping", payload: { more: 1 } })).json()).toMatchObject({
      errors: [{ pointer: "/more", detail: "is not known: nothing is taken here" }],
    });
  });
});
