import { expect, test } from "vitest";
import { createLogger, type LoggerOptions } from "./logger.ts";

function logged(format: LoggerOptions["format"], say: (logger: ReturnType<typeof createLogger>) => void): string {
  let written = "";
  const logger = createLogger({
    level: "info",
    format,
    write: (text) => (written += text),
    now: () => new Date("2026-01-31T12:00:01.123Z"),
  });
  say(logger);
  logger.flush();
  return written;
}

test("a line is one JSON document with level, time, facts and message", () => {
  expect(logged("json", (logger) => logger.info({ port: 3000 }, "listening"))).toBe(
    '{"level":"info","time":"2026-01-31T12:00:01.123Z","port":3000,"message":"listening"}\n',
  );
});

test("what is below the level is not written", () => {
  expect(logged("json", (logger) => logger.debug({}, "detail"))).toBe("");
});

test("a request is one readable line at a terminal", () => {
  const facts = { requestId: "r-1", method: "POST", route: "/orders", status: 201, ms: 12, role: "customer", caller: "ab12" };
  expect(logged("line", (logger) => logger.info(facts, "request"))).toBe(
    "12:00:01.123 info  POST /orders 201 12 ms customer requestId=r-1\n",
  );
});

test("an error at a terminal shows its stack and that of its cause", () => {
  const text = logged("line", (logger) => logger.error({ err: new Error("outer", { cause: new Error("inner") }) }, "failed"));
  expect(text).toMatch(/^12:00:01\.123 error failed\n {4}Error: outer\n/);
  expect(text).toContain("    Error: inner\n");
});

test("the values of a row that an error carries are not logged", () => {
  const error = Object.assign(new Error("duplicate key"), { detail: "Key (email)=(ada@example.com) already exists.", sqlState: "23505" });
  const text = logged("json", (logger) => logger.error({ err: error }, "failed"));
  expect(text).not.toContain("ada@example.com");
  expect(text).toContain('"code":"23505"');
});

test("a password that somebody logs is not written", () => {
  expect(logged("json", (logger) => logger.info({ password: "correct horse" }, "oops"))).not.toContain("correct horse");
});

test("an error is written at once, and other lines at the end of the turn", async () => {
  const written: string[] = [];
  const logger = createLogger({ level: "info", format: "json", write: (text) => written.push(text), now: () => new Date() });
  logger.info({}, "first");
  logger.info({}, "second");
  expect(written).toEqual([]);
  logger.error({}, "wrong");
  expect(written).toHaveLength(1);
  logger.info({}, "later");
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toHaveLength(2);
});
