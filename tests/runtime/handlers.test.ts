import { context, integration, role, system, t } from "archwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import type { Caller } from "../../packages/runtime/src/execution/seams.ts";
import { callAs, runModel, type RunningModel } from "./running-model.ts";

// A ledger whose handlers do what the types would not let them: each `as never` stands for code that was forced past the compiler.
const Vault = context("vault");
Vault.entity("Secret", { id: t.id("sec"), text: t.text() });
const Ledger = context("ledger");
const Person = Ledger.entity("Person", { id: t.id("per"), name: t.text() });
const owner = role("owner", Person);
const Entry = Ledger.entity(
  "Entry",
  {
    id: t.id("ent"),
    owner: t.ref(Person),
    amount: t.money("EUR"),
    note: t.text().optional(),
    key: t.secret().optional(),
    status: t.state({ open: ["closed"], closed: [] }),
    madeAt: t.time().now(),
  },
  { access: [{ role: owner, can: ["read", "list"], where: (entry, me) => entry.owner.eq(me.id) }] },
);
const Closed = Ledger.event("EntryClosed", { entry: t.ref(Entry) });
const Bank = integration("bank", {
  calls: {
    transfer: { input: { amount: t.money("EUR") }, returns: { receipt: t.text() }, p50: "10ms", p99: "50ms", idempotencyKey: true },
  },
  onFailure: { timeout: "1s", retries: 0, then: "fail" },
});

Ledger.command("readsUndeclared", {
  reads: [Entry],
  handle: async ({ db }) => void (await (db as never as { Secret: { count(): Promise<number> } }).Secret.count()),
});
Ledger.command("writesUndeclared", {
  reads: [Entry],
  input: { entry: t.text() },
  handle: async ({ db, input }) => (db as never as { Entry: { delete(id: string): Promise<void> } }).Entry.delete(input.entry),
});
Ledger.command("emitsUndeclared", {
  handle: async ({ emit }) => (emit as (event: object, payload: object) => void)(Closed, { entry: "ent_1" }),
});
Ledger.command("callsAfterWriting", {
  allow: [owner],
  writes: [Entry],
  calls: [Bank.transfer],
  input: { amount: t.money("EUR") },
  handle: async ({ db, calls, input, me }) => {
    await db.Entry.create({ owner: me.id, amount: input.amount });
    await calls.transfer({ amount: input.amount });
  },
});
Ledger.command("pay", {
  allow: [owner],
  writes: [Entry],
  calls: [Bank.transfer],
  emits: [Closed],
  input: { amount: t.money("EUR"), key: t.secret().optional() },
  returns: Entry,
  errors: { TooMuch: 402 },
  idempotent: "required",
  handle: async ({ db, calls, emit, fail, input, me, now }) => {
    if (input.amount.amount > 10_000n) throw fail("TooMuch", "100 EUR at most.");
    const open = await db.Entry.count({ where: (entry) => entry.owner.eq(me.id).and(entry.status.eq("open")) });
    const { receipt } = await calls.transfer({ amount: input.amount.times(1 + open) });
    const entry = await db.Entry.create({ owner: me.id, amount: input.amount, note: `${receipt} ${now.getUTCFullYear()}`, key: input.key });
    const closed = await db.Entry.transition(entry.id, { status: "closed" });
    emit(Closed, { entry: closed.id });
    return closed;
  },
});
// Another context, whose handler asks the ledger: in a transaction of the ledger's own, or in its own.
const record = Ledger.command("record", {
  allow: "system",
  input: { owner: t.ref(Person), amount: t.money("EUR") },
  returns: Entry,
  body: ({ input, create }) => create(Entry, { owner: input.owner, amount: input.amount }),
});
const countEntries = Ledger.query("countEntries", {
  allow: "system",
  returns: t.int(),
  reads: [Entry],
  handle: ({ db }) => db.Entry.count(),
});
const countOwn = Ledger.query("countOwn", { allow: [owner], returns: t.int(), reads: [Entry], handle: ({ db }) => db.Entry.count() });
const clerk = role("clerk", Person);
const audit = Ledger.query("audit", { allow: [clerk], returns: t.int(), reads: [Entry], handle: ({ db }) => db.Entry.count() });
const Gifts = context("gifts");
const giftOf = { allow: [owner], input: { owner: t.ref(Person), amount: t.money("EUR") }, returns: t.text() } as const;
Gifts.command("give", { ...giftOf, calls: [record], handle: async ({ calls, input }) => (await calls.record(input)).id });
Gifts.command("giveInside", { ...giftOf, atomic: [record], handle: async ({ atomic, input }) => (await atomic.record(input)).id });
Gifts.query("compare", {
  allow: [owner],
  calls: [countEntries, countOwn],
  returns: t.json({ all: t.int(), own: t.int() }),
  handle: async ({ calls }) => ({ all: await calls.countEntries({}), own: await calls.countOwn({}) }),
});
Gifts.query("pry", { allow: [owner], calls: [audit], returns: t.int(), handle: ({ calls }) => calls.audit({}) });
const ledger = system("ledger-test", { contexts: [Vault, Ledger, Gifts] });

const ada: Caller = { role: "owner", id: newId("per") };
const transfers: { amount: bigint; key: string | undefined }[] = [];
let bankFails = false;
let backend: RunningModel;

beforeAll(async () => {
  backend = await runModel(ledger, {
    async call(_, input, { idempotencyKey }) {
      if (bankFails) throw new Error("The bank is closed.");
      transfers.push({ amount: (input["amount"] as { amount: bigint }).amount, key: idempotencyKey });
      return { receipt: `receipt ${transfers.length}` };
    },
  });
  await backend.seed({ "ledger.Person": [{ id: ada.id, name: "Ada" }] });
}, 60_000);
afterAll(() => backend.close());

const run = (operation: string, input: Record<string, unknown> = {}, key?: string) =>
  backend.executor.answer(`ledger.${operation}`, input, callAs(ada, key === undefined ? {} : { idempotencyKey: key }));
const euros = (amount: bigint): object => ({ amount, currency: "EUR", times: (count: number) => euros(amount * BigInt(count)) });
const count = async (table: string): Promise<number> =>
  Number((await backend.adminPool.read([{ text: `select count(*) as n from ${table}` }]))[0]?.rows[0]?.["n"]);

test("a handler forced past the compiler to read another context's entity is refused by PostgreSQL", async () => {
  await expect(run("readsUndeclared")).rejects.toThrow(
    /ledger\.readsUndeclared touched something that it does not declare: permission denied for schema vault/,
  );
});

test("a handler forced past the compiler to write what it only reads is refused by PostgreSQL", async () => {
  await expect(run("writesUndeclared", { entry: newId("ent") })).rejects.toThrow(
    /touched something that it does not declare: permission denied for table entry/,
  );
});

test("an event that is not declared is refused", async () => {
  await expect(run("emitsUndeclared")).rejects.toThrow("ledger.emitsUndeclared emits ledger.EntryClosed, which it does not declare");
});

test("a call to the outside after a write is refused, and the write is taken back", async () => {
  const before = await count("ledger.entry");
  await expect(run("callsAfterWriting", { amount: euros(100n) })).rejects.toThrow("calls bank.transfer after it has written");
  expect(await count("ledger.entry")).toBe(before);
  expect(transfers).toHaveLength(0);
});

test("a handler calls out first, then writes, emits and answers in one transaction", async () => {
  const { body } = await run("pay", { amount: euros(500n), key: "hunter2" }, newId("key"));
  expect(body).toMatchObject({ owner: ada.id, amount: { amount: 500, currency: "EUR" }, status: "closed" });
  expect(body).not.toHaveProperty("key");
  expect(await count("archwright.outbox")).toBe(1);
});

test("a secret is stored encrypted", async () => {
  const [stored] = await backend.adminPool.read([{ text: "select key from ledger.entry where key is not null" }]);
  const sealed = String(stored?.rows[0]?.["key"]);
  expect(sealed).not.toContain("hunter2");
  expect(backend.secrets.open(sealed)).toBe("hunter2");
});

test("repeating a request after the outside failed tells the outside the same key, and acts once", async () => {
  const [key, entries] = [newId("key"), await count("ledger.entry")];
  bankFails = true;
  await expect(run("pay", { amount: euros(700n) }, key)).rejects.toThrow("The bank is closed.");
  bankFails = false;
  const first = await run("pay", { amount: euros(700n) }, key);
  const again = await run("pay", { amount: euros(700n) }, key);
  expect(again).toEqual({ ...first, replayed: true });
  expect(await count("ledger.entry")).toBe(entries + 1);
  expect(transfers.filter(({ amount }) => amount === 700n)).toHaveLength(1);
});

test("a declared error of a handler is kept for its key", async () => {
  const key = newId("key");
  await expect(run("pay", { amount: euros(20_000n) }, key)).rejects.toMatchObject({
    code: "TooMuch",
    status: 402,
    detail: "100 EUR at most.",
  });
  await expect(run("pay", { amount: euros(20_000n) }, key)).rejects.toMatchObject({ code: "TooMuch", replayed: true });
});

test("of twenty concurrent requests with one key, one calls out", async () => {
  const [key, before] = [newId("key"), transfers.length];
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => run("pay", { amount: euros(900n) }, key)));
  expect(transfers.length).toBe(before + 1);
  for (const answer of answers) if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "in-flight" });
});

const gift = (name: string, input: Record<string, unknown> = {}) => backend.executor.answer(`gifts.${name}`, input, callAs(ada));

test("what only the system may do, a user's operation calls as well as it runs it inside", async () => {
  const before = await count("ledger.entry");
  for (const way of ["giveInside", "give"]) expect((await gift(way, { owner: ada.id, amount: euros(10n) })).body).toMatch(/^ent_/);
  expect(await count("ledger.entry")).toBe(before + 2);
  await expect(backend.executor.answer("ledger.record", { owner: ada.id, amount: euros(10n) }, callAs(ada))).rejects.toMatchObject({
    status: 404,
  });
});

test("a call of an operation for users keeps the caller, whom the access rules bind there; one for the system sees everything", async () => {
  const other = newId("per");
  await backend.seed({ "ledger.Person": [{ id: other, name: "Bob" }] });
  await gift("give", { owner: ada.id, amount: euros(10n) });
  const own = await count(`ledger.entry where owner = '${ada.id}'`);
  await backend.executor.runAsSystem("ledger.record", { owner: other, amount: euros(10n) }, callAs({ role: "system", id: null }), []);
  expect((await gift("compare")).body).toEqual({ all: await count("ledger.entry"), own });
});

test("a call of an operation for another role is refused, as it is from outside", async () => {
  await expect(gift("pry")).rejects.toMatchObject({ code: "forbidden", status: 403 });
});
