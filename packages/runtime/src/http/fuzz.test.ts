import { once } from "node:events";
import { connect } from "node:net";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ids, row, testApp } from "./test-app.ts";

const page = { items: [row], next: null };
const answers: { readonly [what: string]: unknown } = {
  "shop.order": { status: 200, body: { total: { amount: 1, currency: "EUR" } } },
  "shop.search": { status: 200, body: page },
  "list shop.Thing": page,
  "read people.User": { id: ids.user, email: "ada@example.com", name: "Ada", nick: null },
  "update people.User": { id: ids.user, email: "ada@example.com", name: "Ada", nick: null },
  "shop.ping": { status: 204 },
};
const { app, ask } = testApp({ answer: (what) => answers[what] ?? row, settings: { rateLimits: "off" } });
const numRuns = 400;
let port = 0;

beforeAll(async () => {
  port = Number(new URL(await app.listen({ port: 0 })).port);
});
afterAll(() => app.close(0));

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "M-SEARCH", "LOCK"];
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "..", "\0", "%00", "' or 1=1 --", "<script>", "\u202e", "\ud800"),
);
const segment = fc.oneof(
  fc.constantFrom(
    "things",
    "users",
    "orders",
    "search",
    "ping",
    "auth",
    "sign-in",
    "sign-up",
    "docs",
    "problems",
    "health",
    ids.thing,
    ids.user,
  ),
  anyText.map((text) => safely(text)),
  fc.string(),
);
const query = fc.oneof(
  fc.constant(""),
  fc.string(),
  fc
    .array(fc.tuple(fc.constantFrom("words", "limit", "after", "sort", "count", "kind", "live", "__proto__", "a[b]"), anyText))
    .map((pairs) => pairs.map(([name, value]) => `${name}=${safely(value)}`).join("&")),
);
const path = fc.oneof(
  fc.constantFrom(
    "/things",
    `/things/${ids.thing}`,
    `/users/${ids.user}`,
    "/orders",
    "/search",
    "/ping",
    "/auth/sign-up",
    "/auth/sign-in",
    "/auth/refresh",
    "/openapi.json",
    "/health/ready",
  ),
  fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join("/")}`),
);
const url = fc
  .tuple(path, query)
  .map(([where, parameters]) => `${where}${parameters === "" ? "" : `?${parameters}`}`.replace(/[^\x21-\x7e]/g, "~"))
  // What injects requests reads the address first.
  .filter((address) => URL.canParse(address, "http://localhost"));
const headerText = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^\x20-\x7e]/g, "~").trim());
const headers = fc.record(
  {
    authorization: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("Bearer customer", "Bearer staff") },
      fc.constant("Bearer fresh-1"),
      headerText,
    ),
    "content-type": fc.oneof(
      { weight: 8, arbitrary: fc.constant("application/json") },
      fc.constantFrom("application/json; charset=utf-8", "text/plain", "application/json;"),
      headerText,
    ),
    "idempotency-key": headerText,
    "x-request-id": headerText,
    "x-forwarded-for": headerText,
    accept: headerText,
    "accept-version": headerText,
    "content-encoding": fc.constantFrom("gzip", "identity", "identity", "identity"),
    origin: headerText,
    range: headerText,
    expect: fc.constant("100-continue"),
    "if-none-match": headerText,
  },
  { requiredKeys: ["authorization", "content-type"] },
);
const thing = fc.record(
  {
    name: anyText,
    code: fc.oneof(anyText, fc.constant("ABC")),
    count: fc.oneof(fc.integer(), fc.double(), anyText),
    price: fc.oneof(fc.jsonValue(), fc.record({ amount: fc.integer(), currency: fc.constantFrom("EUR", "USD") })),
    weight: fc.oneof(fc.constantFrom("1.5", "-0", "1e3", "٣"), anyText),
    made: fc.oneof(
      fc.date().map(String),
      fc.constantFrom("2026-02-30T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59", "0001-01-01T00:00:00Z"),
    ),
    day: fc.constantFrom("2026-01-31", "0000-00-00", "-001-01-01"),
    wait: fc.constantFrom("1d", "99999999.999d", "0ms"),
    parts: fc.oneof(fc.array(fc.record({ part: anyText, count: fc.integer() })), fc.jsonValue()),
    thing: fc.constant(ids.thing),
    email: fc.oneof(fc.emailAddress(), anyText),
    password: anyText,
    refreshToken: anyText,
    role: anyText,
  },
  { requiredKeys: [] },
);
const payload = fc.oneof(
  fc.constant(undefined),
  fc.string(),
  fc.json(),
  thing.map((value) => JSON.stringify(value)),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);

test("no request makes the server fail, and every refusal is a problem document", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom("GET", "POST", "PATCH") }, fc.constantFrom(...methods)),
      url,
      headers,
      payload,
      async (method, address, sent, body) => {
        // The type knows the methods that have a route; this asks for others on purpose.
        const response = await ask({ method, url: address, headers: sent, ...(body !== undefined && { payload: body }) } as InjectOptions);
        expectAnswer(response, method);
      },
    ),
    { numRuns: 4 * numRuns },
  );
}, 120_000);

test("no bytes on a connection make the server fail or hang", async () => {
  const line = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom(...methods), url).map(([method, address]) => `${method} ${address} HTTP/1.1`),
    fc.constantFrom("Host: test", "Content-Length: 3", "Transfer-Encoding: chunked", "", "0", "abc", "Connection: upgrade"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
      const heard = await conversation(Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"));
      const statuses = [...heard.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      expect(statuses.filter((status) => status >= 400).length).toBe(
        [...heard.matchAll(/^content-type: application\/problem\+json/gim)].length,
      );
    }),
    { numRuns: numRuns / 2 },
  );
}, 120_000);

test("after all of that the server still serves", async () => {
  expect((await ask("/search?words=x")).statusCode).toBe(200);
});

function expectAnswer({ statusCode, headers: got, body }: LightMyRequestResponse, method: string): void {
  expect(statusCode).toBeLessThan(500);
  expect(got["x-request-id"]).toMatch(/^[\w.:-]{8,128}$/);
  if (statusCode < 400) return;
  expect(got["content-type"]).toBe("application/problem+json");
  if (method === "HEAD") return;
  const problem = JSON.parse(body) as Record<string, unknown>;
  expect(problem).toMatchObject({
    status: statusCode,
    type: `/problems/${String(problem["code"])}`,
    title: expect.any(String),
    requestId: got["x-request-id"],
  });
}

/** What the server says until it closes the connection or has nothing more to say. */
async function conversation(bytes: Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.on("error", () => undefined).on("data", (said) => (heard += said.toString("latin1")));
  socket.end(bytes);
  await once(socket, "close");
  return heard;
}

function safely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "%EF%BF%BD";
  }
}
