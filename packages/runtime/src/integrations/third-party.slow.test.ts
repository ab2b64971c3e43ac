import { decimal, money } from "@archwright/model";
import { afterEach, expect, test } from "vitest";
import type { InputValues } from "../execution/seams.ts";
import { ProblemError } from "../problem.ts";
import { createIntegrations, type Integrations } from "./integrations.ts";
import { replyJson, startTestParty, type Reply, type TestParty } from "./test-party.ts";
import { carrier, keptLog, rowId } from "./test-systems.ts";

const parcel = rowId("par");
const booked = { booking: "b1", at: "2026-02-01T08:00:00Z", price: { amount: 450, currency: "EUR" } };
const started: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

async function serve(reply: Reply): Promise<TestParty> {
  const party = await startTestParty(reply);
  started.push(party);
  return party;
}

interface Given {
  readonly onFailure?: Parameters<typeof carrier>[1];
  readonly pauses?: number[];
}

function connect(url: string, { onFailure, pauses = [] }: Given = {}): Integrations {
  const { model, lookup } = carrier("signature", onFailure);
  const integrations = createIntegrations({
    model,
    lookup,
    settings: { parcelCarrier: { url, key: "carrier-key" } },
    pool: { transaction: () => Promise.reject(new Error("Calls need no database.")) },
    outbox: () => [],
    now: () => new Date(),
    random: () => 0,
    sleep(ms, signal) {
      pauses.push(ms);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, 2_000));
        signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()));
      });
    },
  });
  started.push({ close: () => integrations.close(0) });
  return integrations;
}

const log = keptLog();

function book(integrations: Integrations): Promise<InputValues> {
  const input = { parcel, weight: decimal("12.50"), day: "2026-02-01", insured: money(5000, "EUR"), fragile: true };
  return integrations.call("parcelCarrier.bookPickup", input, { idempotencyKey: "k1", requestId: "req_1", log });
}

const ring = (integrations: Integrations): Promise<InputValues> =>
  integrations.call("parcelCarrier.ringBell", {}, { idempotencyKey: "k1", requestId: "req_1", log });

async function problemOf(work: Promise<unknown>): Promise<ProblemError> {
  const error = await work.then(
    () => new Error("It answered."),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error;
  throw error;
}

test("an answer becomes values in memory, and what is missing and optional is null", async () => {
  const { url, requests } = await serve(replyJson(200, { ...booked, unasked: 1 }));
  const answer = await book(connect(`${url}/v2/`));
  expect(answer).toMatchObject({
    booking: "b1",
    at: new Date("2026-02-01T08:00:00Z"),
    price: { amount: 450n, currency: "EUR" },
    notes: null,
  });
  expect(requests[0]).toMatchObject({ method: "POST", url: "/v2/book-pickup" });
  expect(requests[0]?.headers).toMatchObject({ authorization: "Bearer carrier-key", "idempotency-key": "k1", accept: "application/json" });
});

test("a call that is not repeatable carries no key of idempotency", async () => {
  const { url, requests } = await serve((_request, response) => response.writeHead(204).end());
  expect(await ring(connect(url))).toEqual({});
  expect(requests[0]?.headers["idempotency-key"]).toBeUndefined();
});

test("a timeout closes the connection, so that the third party sees that nobody waits", async () => {
  let closedAfterMs = Number.NaN;
  const startedAt = performance.now();
  const { url } = await serve((request) => request.socket.once("close", () => (closedAfterMs = performance.now() - startedAt)));
  const integrations = connect(url, { onFailure: { timeout: "200ms", retries: 0, then: "fail" } });
  const problem = await problemOf(ring(integrations));
  expect(problem).toMatchObject({ code: "timeout", status: 504, detail: "parcelCarrier did not answer in time." });
  await expect.poll(() => closedAfterMs, { interval: 10 }).toBeGreaterThan(190);
  // The connection's own timeouts would end it too, more than a second later.
  expect(closedAfterMs).toBeLessThan(1_000);
});

test("an answer that stops in its middle is a timeout too", async () => {
  const { url } = await serve((_request, response) => void response.writeHead(200, { "content-type": "application/json" }).write("{"));
  const integrations = connect(url, { onFailure: { timeout: "200ms", retries: 0, then: "fail" } });
  expect(await problemOf(ring(integrations))).toMatchObject({ code: "timeout", status: 504 });
});

test("Retry-After is waited out before the repetition", async () => {
  const pauses: number[] = [];
  const { url, requests } = await serve((request, response, ordinal) =>
    ordinal === 1
      ? replyJson(429, { detail: "slowly" }, { "retry-after": "1" })(request, response, ordinal)
      : replyJson(200, booked)(request, response, ordinal),
  );
  const startedAt = performance.now();
  await book(connect(url, { pauses }));
  expect(requests).toHaveLength(2);
  expect(pauses).toContain(1_000);
  expect(performance.now() - startedAt).toBeGreaterThan(990);
});

test("a Retry-After that nobody can wait for is handed on", async () => {
  const { url, requests } = await serve(replyJson(429, {}, { "retry-after": "3600" }));
  const problem = await problemOf(book(connect(url)));
  expect(problem).toMatchObject({ code: "unavailable", status: 503, retryAfterMs: 3_600_000 });
  expect(requests).toHaveLength(1);
});

test("a failure is repeated as often as the model says, with one key", async () => {
  const { url, requests } = await serve(replyJson(503, {}));
  await problemOf(book(connect(url)));
  expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["k1", "k1", "k1"]);
});

test("what is not repeatable is sent once, whatever fails", async () => {
  const failing = await serve(replyJson(503, {}));
  await problemOf(ring(connect(failing.url)));
  expect(failing.requests).toHaveLength(1);
  const breaking = await serve((request) => request.socket.resetAndDestroy());
  expect(await problemOf(ring(connect(breaking.url)))).toMatchObject({ code: "upstream-failed", status: 502 });
  expect(breaking.requests).toHaveLength(1);
});

test("a refusal is not repeated, and is logged as a mistake of ours with what the third party said", async () => {
  log.lines.length = 0;
  const { url, requests } = await serve(replyJson(422, { detail: "The day is a Sunday." }));
  expect(await problemOf(book(connect(url)))).toMatchObject({
    code: "upstream-failed",
    status: 502,
    detail: "parcelCarrier did not do what we asked of it.",
  });
  expect(requests).toHaveLength(1);
  expect(log.lines).toMatchObject([{ level: "error", facts: { status: 422, reason: "parcelCarrier answered 422: The day is a Sunday." } }]);
});

test("a redirect is not followed: the key stays with whom it was given to", async () => {
  const elsewhere = await serve(replyJson(200, booked));
  const { url } = await serve((_request, response) => response.writeHead(307, { location: `${elsewhere.url}/book-pickup` }).end());
  expect(await problemOf(book(connect(url)))).toMatchObject({ code: "upstream-failed", status: 502 });
  expect(elsewhere.requests).toEqual([]);
});

const large = JSON.stringify({ ...booked, more: "x".repeat(2 ** 20) });

test.each([
  ["with a length", { "content-length": String(large.length) }],
  ["without a length", {}],
])("an answer %s of more than a mebibyte is broken off", async (_what, headers) => {
  const { url, requests } = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(large);
  });
  expect(await problemOf(book(connect(url)))).toMatchObject({ code: "upstream-failed", status: 502 });
  expect(requests).toHaveLength(1);
});

test.each([
  ["no JSON", "<html>"],
  ["a field of another type", JSON.stringify({ ...booked, at: "soon" })],
  ["another currency", JSON.stringify({ ...booked, price: { amount: 450, currency: "USD" } })],
  ["a field too few", JSON.stringify({ booking: "b1" })],
])("%s is no answer that the model declares", async (_what, text) => {
  const { url } = await serve((_request, response) => response.writeHead(200).end(text));
  expect(await problemOf(book(connect(url)))).toMatchObject({ code: "upstream-failed", status: 502 });
});

test("nobody listening is a failure of the third party", async () => {
  const { url, close } = await startTestParty(replyJson(200, booked));
  await close();
  expect(await problemOf(ring(connect(url)))).toMatchObject({ code: "upstream-failed", status: 502 });
});

test("calls beyond the places and those who may wait are refused at once", async () => {
  const { url, requests } = await serve(() => undefined);
  const integrations = connect(url, { onFailure: { timeout: "1s", retries: 0, then: "fail" } });
  const problems = await Promise.all(Array.from({ length: 70 }, () => problemOf(ring(integrations))));
  // Twenty under way and forty waiting, where the model knows no limit; by the time that those could start, theirs is up.
  expect(requests.length).toBeLessThanOrEqual(20);
  const saturated = problems.filter(({ code }) => code === "unavailable");
  expect(saturated.length).toBeGreaterThanOrEqual(10);
  expect(saturated[0]).toMatchObject({ status: 503, detail: "Too many calls to parcelCarrier are under way." });
});
