import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { App } from "./app.ts";
import { testApp, type TestAppOptions } from "./test-app.ts";

let running: { readonly app: App; readonly port: number } | undefined;
afterEach(async () => {
  await running?.app.close(0);
  running = undefined;
});

async function listening(options: TestAppOptions = {}): Promise<App> {
  const { app } = testApp({ answer: () => ({ status: 200, body: { items: [], next: null } }), ...options });
  running = { app, port: Number(new URL(await app.listen({ port: 0 })).port) };
  return app;
}

async function opened(): Promise<Socket> {
  const socket = connect(running?.port ?? 0, "127.0.0.1");
  socket.on("error", () => undefined); // The server may cut the connection, which the test then sees.
  await once(socket, "connect");
  return socket;
}

/** Everything that the server says until it closes the connection. */
async function conversation(...said: readonly string[]): Promise<string> {
  const socket = await opened();
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString()));
  for (const text of said) socket.write(text);
  await once(socket, "close");
  return heard;
}

function problemIn(heard: string): Record<string, unknown> {
  const [head = "", body = ""] = heard.split("\r\n\r\n");
  expect(head.toLowerCase()).toContain("content-type: application/problem+json");
  expect(head.toLowerCase()).toContain("connection: close");
  return JSON.parse(body) as Record<string, unknown>;
}

const get = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: test\r\n${more}\r\n`;

describe("what is no request", () => {
  test.each([
    ["that is not HTTP", "hello\r\n\r\n", 400, "bad-request"],
    ["with a header that is none", get("/search", "no colon\r\n"), 400, "bad-request"],
    ["with headers past 16 KiB", get("/search", `X-Long: ${"x".repeat(20_000)}\r\n`), 431, "headers-too-large"],
    ["with two lengths", get("/search", "Content-Length: 1\r\nContent-Length: 2\r\n"), 400, "bad-request"],
    [
      "with a length and chunks, as smugglers send it",
      `POST /ping HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      "bad-request",
    ],
    ["with an expectation that nobody knows", get("/search", "Expect: a-miracle\r\n"), 417, "expectation-failed"],
    ["with an address of another form", "GET search HTTP/1.1\r\nHost: test\r\n\r\n", 400, "bad-request"],
  ])("%s is answered with a problem and the end of the connection", async (_what, text, status, code) => {
    await listening();
    const heard = await conversation(text);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(problemIn(heard)).toMatchObject({ status, code });
  });

  test("without a Host is refused", async () => {
    await listening();
    const heard = await conversation("GET /search?words=x HTTP/1.1\r\nConnection: close\r\n\r\n");
    expect(problemIn(heard)).toMatchObject({ status: 400, detail: "The Host header is missing." });
  });

  test("whose headers do not arrive in time is cut off with 408", async () => {
    await listening({ settings: { headersTimeoutMs: 200 } });
    expect(problemIn(await conversation("GET /search HTTP/1.1\r\nHost: te"))).toMatchObject({ status: 408, code: "request-timeout" });
  });

  test("whose body does not arrive in time is cut off", async () => {
    await listening({ settings: { headersTimeoutMs: 200, requestTimeoutMs: 300 } });
    const heard = await conversation("POST /ping HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
  });
});

test("a handler that takes too long is answered for with 504, and the server goes on", async () => {
  await listening({ settings: { answerTimeoutMs: 200 }, answer: () => sleep(1_000) });
  const heard = await conversation("POST /ping HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  expect(problemIn(heard)).toMatchObject({ status: 504, code: "timeout" });
});

describe("a server that closes", () => {
  test("finishes what is under way, and then closes the connection", async () => {
    const app = await listening({ answer: () => sleep(150, { status: 200, body: { items: [], next: null } }) });
    const heard = conversation(get("/search?words=x"));
    await sleep(50);
    await app.close(2_000);
    expect(await heard).toMatch(/^HTTP\/1.1 200 OK[\s\S]*connection: close[\s\S]*"items":\[\]/i);
  });

  test("closes idle connections at once", async () => {
    const app = await listening();
    const socket = await opened();
    socket.write(get("/search?words=x"));
    await once(socket, "data");
    const startedAt = performance.now();
    await Promise.all([once(socket, "close"), app.close(5_000)]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("sends late requests of an open connection away", async () => {
    const app = await listening({ answer: () => sleep(200, { status: 200, body: { items: [], next: null } }) });
    const socket = await opened();
    let heard = "";
    socket.on("data", (bytes) => (heard += bytes.toString()));
    socket.write(get("/search?words=x"));
    await sleep(50);
    const closed = app.close(2_000);
    socket.write(get("/search?words=late"));
    await Promise.all([once(socket, "close"), closed]);
    expect(heard).toMatch(/^HTTP\/1.1 200 /);
    expect(heard).not.toContain("late");
  });

  test("cuts what is still under way at the deadline", async () => {
    const app = await listening({ answer: () => sleep(3_000) });
    const heard = conversation("POST /ping HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    await sleep(50);
    const startedAt = performance.now();
    await app.close(200);
    expect(await heard).toBe("");
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("says that it is not ready, and serves until then, while it announces that it will", async () => {
    const app = await listening();
    const closed = app.close(2_000, 300);
    expect(await conversation(get("/health/ready", "Connection: close\r\n"))).toMatch(/^HTTP\/1.1 503 /);
    expect(await conversation(get("/search?words=x", "Connection: close\r\n"))).toMatch(/^HTTP\/1.1 200 /);
    await closed;
  });

  test("does not wait for a connection on which nothing was ever said", async () => {
    const app = await listening();
    await opened();
    const startedAt = performance.now();
    await app.close(5_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("answers 503 to the first request of a connection that was open", async () => {
    const app = await listening();
    const socket = await opened();
    await sleep(50);
    const closed = app.close(2_000);
    await sleep(50);
    socket.write(get("/search?words=x"));
    const [bytes] = (await once(socket, "data")) as [Buffer];
    expect(bytes.toString()).toMatch(/^HTTP\/1.1 503 /);
    expect(problemIn(bytes.toString())).toMatchObject({ code: "unavailable" });
    await closed;
  });
});
