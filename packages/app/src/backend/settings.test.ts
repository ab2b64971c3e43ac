import { describe, expect, test } from "vitest";
import { databaseUrlOf, secretOf, settingsOf } from "./settings.ts";

test("what nobody says has a value that is safe on one machine", () => {
  expect(settingsOf({}, {})).toEqual({ port: 3000, host: "127.0.0.1", connectionsMax: 10, trustedProxies: [], corsOrigins: [] });
});

test("the environment says everything, and spaces and empty values are nothing", () => {
  const environment = {
    PORT: " 80 ",
    HOST: "",
    PUBLIC_URL: "https://api.shop.example",
    DATABASE_CONNECTIONS: "25",
    TRUSTED_PROXIES: "10.0.0.0/8, loopback,, ::1 ",
    CORS_ORIGINS: "https://shop.example, http://localhost:5173",
    SMTP_URL: "smtps://user:secret@mail.example.com",
    MAIL_FROM: "Shop <orders@shop.example>",
  };
  expect(settingsOf({}, environment)).toEqual({
    port: 80,
    host: "127.0.0.1",
    publicUrl: "https://api.shop.example",
    connectionsMax: 25,
    trustedProxies: ["10.0.0.0/8", "loopback", "::1"],
    corsOrigins: ["https://shop.example", "http://localhost:5173"],
    mail: { url: "smtps://user:secret@mail.example.com", from: "Shop <orders@shop.example>" },
  });
});

test("an option goes before the environment", () => {
  expect(settingsOf({ port: "0", host: "0.0.0.0" }, { PORT: "80", HOST: "localhost" })).toMatchObject({ port: 0, host: "0.0.0.0" });
});

describe("a setting that is none is refused by name", () => {
  test.each([
    [{ PORT: "abc" }, 'PORT is "abc".'],
    [{ PORT: "65536" }, 'PORT is "65536".'],
    [{ PORT: "-1" }, 'PORT is "-1".'],
    [{ PORT: "1e3" }, 'PORT is "1e3".'],
    [{ DATABASE_CONNECTIONS: "0" }, 'DATABASE_CONNECTIONS is "0".'],
    [{ TRUSTED_PROXIES: "10.0.0.0/8,everybody" }, 'TRUSTED_PROXIES has "everybody" in it.'],
    [{ TRUSTED_PROXIES: "10.0.0.0/33" }, 'TRUSTED_PROXIES has "10.0.0.0/33" in it.'],
    [{ CORS_ORIGINS: "https://shop.example/" }, 'CORS_ORIGINS has "https://shop.example/" in it.'],
    [{ CORS_ORIGINS: "shop.example" }, 'CORS_ORIGINS has "shop.example" in it.'],
    [{ PUBLIC_URL: "shop.example" }, "PUBLIC_URL is no URL that begins with http:// or https://."],
    [{ SMTP_URL: "mail" }, "SMTP_URL is no URL that begins with smtp:// or smtps://."],
  ])("%j", (environment, what) => {
    expect(() => settingsOf({}, environment)).toThrow(what);
  });

  test("also an option", () => {
    expect(() => settingsOf({ port: "http" }, {})).toThrow('--port is "http".');
  });
});

describe("the database", () => {
  const of = (url: string | undefined): string => databaseUrlOf({ DATABASE_URL: url }, "use another");

  test("is what DATABASE_URL says", () => {
    const url = "postgres://owner:p%40ss@db.example:6432/shop?sslmode=verify-full";
    expect(of(url)).toBe(url);
  });

  test.each([
    [undefined, "DATABASE_URL is not set."],
    ["shop", "DATABASE_URL is no URL that begins with postgres:// or postgresql://."],
    ["mysql://owner@host/shop", "DATABASE_URL is no URL that begins with postgres:// or postgresql://."],
    ["postgres://owner:p@ss@host/shop", "DATABASE_URL has an @ or a # too many."],
    ["postgres://owner:p#ss@host/shop", "DATABASE_URL is no URL that begins with postgres:// or postgresql://."],
    ["postgres:///shop?host=/var/run/postgresql", "DATABASE_URL names no host."],
    ["postgres://host/shop?user=owner", "DATABASE_URL says the user behind a question mark."],
    ["postgres://owner@host/shop?password=secret", "DATABASE_URL says the password behind a question mark."],
  ])("%j is refused", (url, what) => {
    expect(() => of(url)).toThrow(what);
  });

  test("is never repeated, since it holds a password", () => {
    for (const url of ["mysql://owner:secret@host/shop", "postgres://owner:sec@ret@host/shop"]) {
      const error: unknown = attempt(() => of(url));
      expect(JSON.stringify(error)).not.toContain("sec");
    }
  });
});

test("the secret has 32 characters or more", () => {
  expect(secretOf({ ARCHWRIGHT_SECRET: "x".repeat(32) })).toEqual(Buffer.from("x".repeat(32)));
  expect(() => secretOf({ ARCHWRIGHT_SECRET: "x".repeat(31) })).toThrow("ARCHWRIGHT_SECRET has 31 characters, and needs 32.");
  expect(() => secretOf({})).toThrow("ARCHWRIGHT_SECRET is not set.");
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
