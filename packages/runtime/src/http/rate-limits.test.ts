import { describe, expect, test } from "vitest";
import { addressKey } from "./rate-limits.ts";
import { defaultSettings, type RateLimits } from "./settings.ts";
import { as, testApp, type TestAppOptions } from "./test-app.ts";

const rate = (limit: number) => ({ limit, windowMs: 60_000 });
const generous: RateLimits = {
  account: rate(1_000),
  address: rate(1_000),
  credentials: rate(1_000),
  login: rate(1_000),
  webhook: rate(1_000),
};
const now = new Date("2026-01-31T12:00:00Z");
const limited = (limits: Partial<RateLimits>, options: TestAppOptions = {}) =>
  testApp({ now: () => now, ...options, settings: { rateLimits: { ...generous, ...limits }, ...options.settings } });
const ping = { method: "POST", url: "/ping" } as const;

test("an address has its requests, then 429 with the time to wait", async () => {
  const { ask, asked } = limited({ address: rate(2) });
  const first = await ask(ping);
  expect([first.headers["ratelimit-policy"], first.headers["ratelimit"]]).toEqual(['"address";q=2;w=60', '"address";r=1;t=30']);
  await ask(ping);
  const refused = await ask(ping);
  expect([refused.json(), refused.headers["retry-after"], refused.headers["ratelimit"]]).toEqual([
    expect.objectContaining({ status: 429, code: "too-many-requests", detail: "The limit is 2 requests in 60 seconds." }),
    "30",
    '"address";r=0;t=60',
  ]);
  expect(asked).toHaveLength(2);
});

test("fifty requests at once get no more than the limit", async () => {
  const { ask } = limited({ address: rate(10) });
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(ping)));
  expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(10);
});

test("an account has its own allowance, whatever its address has used up", async () => {
  const { ask } = limited({ address: rate(1), account: rate(2) });
  await ask(ping);
  expect((await ask(ping)).statusCode).toBe(429);
  const known = { ...ping, headers: as("customer") };
  expect([(await ask(known)).statusCode, (await ask(known)).statusCode, (await ask(known)).statusCode]).toEqual([204, 204, 429]);
  expect((await ask({ ...ping, headers: as("staff") })).headers["ratelimit"]).toBe('"account";r=1;t=30');
});

test("tokens that were not seen before cost their address, be they good or not", async () => {
  const { ask } = limited({ address: rate(2) });
  expect((await ask({ ...ping, headers: as("forged") })).statusCode).toBe(401);
  expect((await ask({ ...ping, headers: as("fresh-1") })).statusCode).toBe(204);
  expect((await ask({ ...ping, headers: as("fresh-2") })).statusCode).toBe(429);
});

test("addresses that are not there cost too", async () => {
  const { ask } = limited({ address: rate(1) });
  expect([(await ask("/a")).statusCode, (await ask("/b")).statusCode]).toEqual([404, 429]);
});

describe("signing in", () => {
  const signIn = (email: string) =>
    ({ method: "POST", url: "/auth/sign-in", payload: { email, password: "correct horse battery" } }) as const;

  test("with one email from one address is limited, in whatever case it is written", async () => {
    const { ask } = limited({ login: rate(2) });
    expect([(await ask(signIn("ada@example.com"))).statusCode, (await ask(signIn("ADA@example.com"))).statusCode]).toEqual([200, 200]);
    expect((await ask(signIn("ada@example.com"))).json()).toMatchObject({ status: 429 });
    expect((await ask(signIn("bob@example.com"))).statusCode).toBe(200);
  });

  test("from one address is limited whatever the email", async () => {
    const { ask } = limited({ credentials: rate(2) });
    const statuses = await Promise.all(["a", "b", "c"].map(async (name) => (await ask(signIn(`${name}@example.com`))).statusCode));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe("the address of a request", () => {
  const from = (forwarded: string) => ({ ...ping, headers: { "x-forwarded-for": forwarded } });

  test("is not what a caller says it is", async () => {
    const { ask } = limited({ address: rate(1) });
    expect([(await ask(from("1.1.1.1"))).statusCode, (await ask(from("2.2.2.2"))).statusCode]).toEqual([204, 429]);
  });

  test("is what a trusted proxy says it is", async () => {
    const { ask } = limited({ address: rate(1) }, { settings: { trustedProxies: ["loopback"] } });
    expect([
      (await ask(from("1.1.1.1"))).statusCode,
      (await ask(from("2.2.2.2"))).statusCode,
      (await ask(from("9.9.9.9, 1.1.1.1"))).statusCode,
    ]).toEqual([204, 204, 429]);
  });

  test.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("%s is counted as %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

test("limits that are off leave no trace", async () => {
  const { ask } = testApp({ settings: { rateLimits: "off" } });
  expect((await ask(ping)).headers).not.toHaveProperty("ratelimit");
});

test("the limits by default let a person do what people do", () => {
  const { rateLimits } = defaultSettings;
  expect(rateLimits === "off" ? 0 : rateLimits.login.limit).toBeGreaterThanOrEqual(5);
});
