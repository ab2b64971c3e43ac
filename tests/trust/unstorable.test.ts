import { createServer, type Server } from "node:http";
import { context, integration, role, system, t } from "archwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { serveModel, type Client, type Reply, type Serving } from "../runtime/serving.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

// Text that no column holds, by every way that text has into a system besides the body of a request.
const Notes = context("notes");
const Person = Notes.entity("Person", { id: t.id("per"), email: t.email().unique(), name: t.text() });
const writer = role("writer", Person);
const Note = Notes.entity("Note", { id: t.id("nte"), text: t.text() }, { access: [{ role: writer, can: ["read", "list"] }] });
Notes.query("find", {
  input: { like: t.json({ text: t.text() }) },
  returns: t.page(Note),
  reads: [Note],
  handle: async ({ db, input }) => db.Note.page({ where: (note) => note.text.eq(input.like.text), limit: 5 }),
});
const Muse = integration("muse", {
  calls: { inspire: { input: { topic: t.text() }, returns: { text: t.text() }, p50: "10ms", p99: "50ms", idempotencyKey: true } },
  webhooks: { inspired: { text: t.text() } },
  verify: "token",
  onFailure: { timeout: "2s", retries: 0, then: "fail" },
});
Notes.command("write", {
  allow: [writer],
  writes: [Note],
  calls: [Muse.inspire],
  input: { topic: t.text() },
  returns: Note,
  idempotent: "required",
  handle: async ({ db, calls, input }) => db.Note.create({ text: (await calls.inspire({ topic: input.topic })).text }),
});
const keep = Notes.command("keep", {
  allow: "system",
  input: { text: t.text() },
  body: ({ input, create }) => void create(Note, { text: input.text }),
});
Notes.on(Muse.webhooks.inspired, keep);
const notes = system("unstorable-test", { contexts: [Notes] });

const token = "a-token-of-more-than-sixteen-characters";
const texts = ["\0", "a\0b", "\ud800", "x\udfff"];

let muse: Server;
let says = "";
let serving: Serving;
let ada: Client;

beforeAll(async () => {
  muse = createServer(
    (_request, response) => void response.setHeader("content-type", "application/json").end(JSON.stringify({ text: says })),
  );
  await new Promise<void>((resolve) => muse.listen(0, "127.0.0.1", resolve));
  const address = muse.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  serving = await serveModel(notes, { integrations: { muse: { url, webhookSecrets: [token] } } });
  ada = await serving.account("writer", "ada@example.com");
});

afterAll(async () => {
  await serving.close();
  muse.close();
});

test.each(texts)("%j in JSON in an address is refused", async (text) => {
  const { status, body } = await ada.get(`/notes/find?like=${encodeURIComponent(JSON.stringify({ text }))}`);
  expect([status, body["code"]]).toEqual([400, "invalid-input"]);
});

test.each(texts)("%j in an event of a third party is refused", async (text) => {
  const deliver = (id: string, said: string): Promise<Reply> =>
    serving.client().send("POST", "/webhooks/muse", { id, type: "inspired", data: { text: said } }, { authorization: `Bearer ${token}` });
  expect((await deliver(`evt ${text}`, "fine")).status).toBe(400);
  expect((await deliver(`evt of ${JSON.stringify(text)}`, text)).status).toBe(400);
  expect((await deliver(`good evt of ${JSON.stringify(text)}`, "fine")).status).toBe(200);
});

test.each(texts)("%j in an answer of a third party is its failure, and not ours", async (text) => {
  says = text;
  const { status, body } = await ada.send("POST", "/notes/write", { topic: "tea" }, { "idempotency-key": JSON.stringify(text) });
  expect([status, body["code"]]).toEqual([502, "upstream-failed"]);
  expect((await ada.get("/notes?limit=100")).body.items?.filter((note) => note["text"] !== "fine")).toEqual([]);
});
