import { GuardedCallError, type CallFailure } from "@archwright/resilience";
import type { InjectOptions } from "fastify";
import { describe, expect, test } from "vitest";
import { DatabaseUnavailable, StatementTimedOut } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";
import { as, ids, row, testApp } from "./test-app.ts";

const order = (headers: Record<string, string> = {}): InjectOptions => ({
  method: "POST",
  url: "/orders",
  headers: { ...as("customer"), ...headers },
  payload: { thing: ids.thing, count: 1 },
});
const keyed = order({ "idempotency-key": "one" });
const readThing = { url: `/things/${ids.thing}`, headers: as("staff") };

describe("an answer", () => {
  test("of an operation has its status and body, and the request's id", async () => {
    const { ask } = testApp({ answer: () => ({ status: 200, body: { total: { amount: 100, currency: "EUR" } } }) });
    const response = await ask(keyed);
    expect([response.statusCode, response.json()]).toEqual([200, { total: { amount: 100, currency: "EUR" } }]);
    expect(response.headers["x-request-id"]).toMatch(/^[\w-]{36}$/);
  });

  test("holds nothing that the contract does not name, and never a secret", async () => {
    const { ask } = testApp({ answer: () => ({ ...row, key: "sk_live", passwordHash: "…" }) });
    const response = await ask(readThing);
    expect(response.json()).toEqual(row);
  });

  test("keeps a whole number that no double holds", async () => {
    const { ask } = testApp({ answer: () => ({ ...row, count: 9_007_199_254_740_993n }) });
    expect((await ask(readThing)).body).toContain('"count":9007199254740993');
  });

  test("to a new row is 201 with the row's address", async () => {
    const { ask } = testApp({ answer: () => row });
    const { parts, name, count, price } = row;
    const response = await ask({ method: "POST", url: "/things", headers: as("staff"), payload: { parts, name, count, price } });
    expect([response.statusCode, response.headers["location"]]).toEqual([201, `/things/${ids.thing}`]);
  });

  test("to a removal is 204", async () => {
    const { ask, asked } = testApp();
    expect((await ask({ ...readThing, method: "DELETE" })).statusCode).toBe(204);
    expect(asked).toMatchObject([{ what: "delete shop.Thing", input: ids.thing }]);
  });

  test("that is a page names the next one, with the same parameters", async () => {
    const { ask } = testApp({ answer: () => ({ items: [row], next: "a b" }) });
    const response = await ask({ url: "/things?kind=a&limit=1", headers: as("staff") });
    expect(response.headers["link"]).toBe('</things?kind=a&limit=1&after=a+b>; rel="next"');
  });

  test("that is the last page names none", async () => {
    const { ask } = testApp();
    expect((await ask({ url: "/things", headers: as("staff") })).headers).not.toHaveProperty("link");
  });

  test("of a query that pages names the next one too", async () => {
    const { ask } = testApp({ answer: () => ({ status: 200, body: { items: [], next: "n1" } }) });
    expect((await ask("/search?words=x&after=n0")).headers["link"]).toBe('</search?words=x&after=n1>; rel="next"');
  });

  test("to somebody who is known is not to be stored", async () => {
    const { ask } = testApp({ answer: () => row });
    expect((await ask(readThing)).headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  });

  test("to HEAD is that of GET without its body", async () => {
    const { ask } = testApp({ answer: () => row });
    const [head, get] = [await ask({ ...readThing, method: "HEAD" }), await ask(readThing)];
    expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", get.headers["content-length"]]);
  });
});

describe("a request", () => {
  test("keeps a sane id of its own", async () => {
    const { ask, asked } = testApp();
    const response = await ask(order({ "idempotency-key": "one", "x-request-id": "trace-00f0.12:7" }));
    expect([response.headers["x-request-id"], asked[0]?.context.requestId]).toEqual(["trace-00f0.12:7", "trace-00f0.12:7"]);
  });

  test.each(["short", "x".repeat(200), "with space in it", 'quote"inside"'])("gets an id of ours instead of %s", async (id) => {
    const { ask } = testApp();
    expect((await ask({ url: "/search?words=x", headers: { "x-request-id": id } })).headers["x-request-id"]).not.toBe(id);
  });

  test("tells the executor who asks, since when and until when", async () => {
    const now = new Date("2026-01-31T12:00:00Z");
    const { ask, asked } = testApp({ now: () => now });
    await ask(keyed);
    expect(asked[0]?.context).toMatchObject({
      caller: { role: "customer", id: "customer-1" },
      now,
      deadlineMs: now.getTime() + 30_000,
      idempotencyKey: "one",
    });
  });
});

describe("a caller", () => {
  test("without a token is anyone where anyone may, and unauthenticated elsewhere", async () => {
    const { ask, asked } = testApp();
    expect((await ask({ method: "POST", url: "/ping" })).statusCode).toBe(204);
    expect(asked[0]?.context.caller).toEqual({ role: "anyone", id: null });
    const refused = await ask({ method: "POST", url: "/orders", payload: "not looked at" });
    expect([refused.statusCode, refused.headers["www-authenticate"], refused.json().detail]).toEqual([
      401,
      "Bearer",
      'Sign in as customer, and send the access token as "Authorization: Bearer …".',
    ]);
  });

  test.each(["Bearer forged", "Basic YTpi", "Bearer", "Bearer a b", ""])(
    "with the header %j is refused, also where anyone may",
    async (authorization) => {
      const { ask, asked } = testApp();
      expect((await ask({ method: "POST", url: "/ping", headers: { authorization } })).json()).toMatchObject({
        status: 401,
        code: "unauthenticated",
      });
      expect(asked).toEqual([]);
    },
  );

  test("whose token is seen for the first time is let in", async () => {
    const { ask, asked } = testApp();
    expect((await ask({ method: "POST", url: "/ping", headers: as("fresh-1") })).statusCode).toBe(204);
    expect(asked[0]?.context.caller.role).toBe("customer");
  });

  test("in another role is forbidden before his body is read", async () => {
    const { ask } = testApp();
    expect((await ask({ method: "POST", url: "/orders", headers: as("staff"), payload: "not looked at" })).json()).toMatchObject({
      status: 403,
      code: "forbidden",
      detail: "This is for customer, and you are staff.",
    });
  });
});

describe("an Idempotency-Key", () => {
  test("is required where the operation says so", async () => {
    expect((await testApp().ask(order())).json()).toMatchObject({ status: 400, code: "idempotency-key-missing" });
  });

  test.each(["", "x".repeat(256), "with space", "tab\tinside", "ümlaut"])("%j is refused", async (key) => {
    expect((await testApp().ask(order({ "idempotency-key": key }))).json()).toMatchObject({
      status: 400,
      code: "invalid-input",
      errors: [{ pointer: "/Idempotency-Key" }],
    });
  });

  test("that was used before shows in the answer, be it a refusal", async () => {
    const replayed = { status: 200, body: { total: { amount: 1, currency: "EUR" } }, replayed: true };
    expect((await testApp({ answer: () => replayed }).ask(keyed)).headers["idempotency-replayed"]).toBe("true");
    const refusing = testApp({
      answer: () => {
        throw new ProblemError("OutOfStock", 409, { replayed: true });
      },
    });
    expect((await refusing.ask(keyed)).headers["idempotency-replayed"]).toBe("true");
  });
});

describe("a problem", () => {
  test("that the operation declares has its code, status and title", async () => {
    const { ask } = testApp({
      answer: () => {
        throw new ProblemError("OutOfStock", 409, { detail: "2 are left." });
      },
    });
    const response = await ask(keyed);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.json()).toEqual({
      type: "/problems/OutOfStock",
      title: "Out of stock",
      status: 409,
      code: "OutOfStock",
      detail: "2 are left.",
      requestId: response.headers["x-request-id"],
    });
  });

  const failures = (kind: CallFailure["kind"]) => new GuardedCallError("stripe", { kind, attempts: 1 });
  test.each([
    ["the database is gone", new DatabaseUnavailable("connection to 10.0.0.7 refused", { retryAfterMs: 2_500 }), 503, "unavailable", "3"],
    ["a commit broke", new DatabaseUnavailable("broke", { outcomeUnknown: true }), 504, "timeout", "1"],
    [
      "a statement took too long",
      new StatementTimedOut("cancelled", { statementIndex: 0, statement: "select secret", cause: undefined }),
      504,
      "timeout",
      "1",
    ],
    ["a third party did not answer", failures("timeout"), 504, "timeout", undefined],
    ["a third party keeps failing", failures("open"), 503, "unavailable", "1"],
    ["too many calls to a third party wait", failures("saturated"), 503, "unavailable", "1"],
    ["a third party refused", failures("failed"), 502, "upstream-failed", undefined],
    ["our code is wrong", new TypeError("cannot read 'secret' of undefined"), 500, "internal", undefined],
    ["somebody threw a text", "secret", 500, "internal", undefined],
  ])("when %s says nothing of our inside, and the log says it all", async (_what, error, status, code, retryAfter) => {
    const { ask, logged } = testApp({
      answer: () => Promise.reject(error),
    });
    const response = await ask(keyed);
    expect(response.json()).toEqual({ type: `/problems/${code}`, title: expect.any(String), status, code, requestId: expect.any(String) });
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([status, retryAfter]);
    expect(logged()).toContain(error instanceof Error ? JSON.stringify(error.message).slice(1, -1) : error);
  });

  test("of an answer that is not as the contract says is ours, not half an answer", async () => {
    const { ask, logged } = testApp({ answer: () => ({ id: ids.thing }) });
    expect((await ask(readThing)).json()).toMatchObject({ status: 500, code: "internal" });
    expect(logged()).toContain("is required");
  });

  test("at an address that is not there is 404", async () => {
    expect((await testApp().ask({ method: "POST", url: "/nothing?at=all", payload: "{" })).json()).toMatchObject({
      status: 404,
      code: "not-found",
      detail: "There is nothing at POST /nothing.",
    });
  });

  test("at a method that is not there is 405, with those that are", async () => {
    const response = await testApp().ask({ method: "DELETE", url: "/things" });
    expect([response.statusCode, response.headers["allow"]]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
  });

  test.each([
    ["/things/%ZZ", 400],
    [`/things/${"x".repeat(300)}`, 404],
    ["/search?words=%00", 400],
    ["/things/%00", 400],
  ])("at %s is %i", async (url, status) => {
    const response = await testApp().ask({ url, headers: as("staff") });
    expect([response.statusCode, response.headers["content-type"], response.headers["x-request-id"]]).toEqual([
      status,
      "application/problem+json",
      expect.any(String),
    ]);
  });

  test("has a page that explains it, also those of the protocol and those that operations declare", async () => {
    const { ask } = testApp();
    for (const code of ["invalid-input", "request-timeout", "OutOfStock"]) {
      const page = await ask(`/problems/${code}`);
      expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
      expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
    }
  });
});

describe("the log", () => {
  test("has one line for each request, which names nobody", async () => {
    const { ask, logged } = testApp({ answer: () => row });
    await ask({ ...readThing, url: `${readThing.url}?`, headers: { ...as("staff"), "user-agent": "Ada's browser" } });
    const lines = logged()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      {
        level: "info",
        time: expect.any(String),
        requestId: expect.any(String),
        method: "GET",
        route: "/things/:id",
        status: 200,
        ms: expect.any(Number),
        role: "staff",
        caller: "abc123",
        message: "request",
      },
    ]);
  });

  test("names the problem that a request ended in", async () => {
    const { ask, logged } = testApp();
    await ask("/nothing");
    expect(logged()).toContain('"route":"-","status":404');
    expect(logged()).toContain('"problem":"not-found"');
  });

  test("gives handlers a log that knows the request", async () => {
    const { ask, logged } = testApp({ answer: (_what, _input, { log }) => log.info({ step: 1 }, "from inside") });
    await ask(order({ "idempotency-key": "one", "x-request-id": "trace-12345" }));
    expect(logged()).toContain('"requestId":"trace-12345","step":1,"message":"from inside"');
  });

  test("leaves out the questions of whoever balances the load", async () => {
    const { ask, logged } = testApp();
    await ask("/health/ready");
    expect(logged()).toBe("");
  });
});
