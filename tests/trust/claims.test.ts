import { setTimeout as sleep } from "node:timers/promises";
import { context, integration, role, system, t } from "archwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createOutbox } from "../../packages/runtime/src/events/outbox.ts";
import { createExecutor } from "../../packages/runtime/src/execution/executor.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import type { Answer, Caller, Executor } from "../../packages/runtime/src/execution/seams.ts";
import type { Pool } from "../../packages/runtime/src/database/pool.ts";
import { ProblemError } from "../../packages/runtime/src/problem.ts";
import { callAs, runModel, type RunningModel } from "../runtime/running-model.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const Ledger = context("ledger");
const Person = Ledger.entity("Person", { id: t.id("per"), name: t.text() });
const owner = role("owner", Person);
const Entry = Ledger.entity(
  "Entry",
  { id: t.id("ent"), owner: t.ref(Person), note: t.text() },
  { access: [{ role: owner, can: ["read"] }] },
);
const Bank = integration("bank", {
  calls: { transfer: { input: { note: t.text() }, returns: { receipt: t.text() }, p50: "10ms", p99: "50ms", idempotencyKey: true } },
  onFailure: { timeout: "1s", retries: 0, then: "fail" },
});
Ledger.command("pay", {
  allow: [owner],
  writes: [Entry],
  calls: [Bank.transfer],
  input: { note: t.text() },
  returns: Entry,
  errors: { Refused: 402 },
  idempotent: "required",
  async handle({ db, calls, input, me, fail }) {
    const { receipt } = await calls.transfer({ note: input.note });
    if (receipt === "refused") throw fail("Refused");
    return db.Entry.create({ owner: me.id, note: receipt });
  },
});
const ledger = system("claims-test", { contexts: [Ledger] });

/** Short where it runs out, long where a machine that is busy must not miss its renewal. */
const [briefMs, leaseMs] = [400, 1_500];
const ada: Caller = { role: "owner", id: newId("per") };

let backend: RunningModel;

beforeAll(async () => {
  backend = await runModel(ledger);
  await backend.seed({ "ledger.Person": [{ id: ada.id, name: "Ada" }] });
});

afterAll(async () => {
  await backend.close();
});

type Transfer = () => Promise<string>;
const says =
  (receipt: string): Transfer =>
  async () =>
    receipt;

/** A process of its own on the same database, with a bank of its own. */
function aProcess(transfer: Transfer, claimLeaseMs: number, pool: Pool = backend.pool): Executor {
  const { model, handlers, secrets } = backend;
  const external = { call: async () => ({ receipt: await transfer() }) };
  return createExecutor({ model, handlers, pool, external, secrets, outbox: createOutbox(model), claimLeaseMs });
}

/** Connections over which no renewal gets through, as from a process that is paused in the midst of its work. */
const withoutRenewals = (): Pool => ({
  ...backend.pool,
  read: async (statements) => (statements[0]?.text.includes("set leased_until") ? [] : backend.pool.read(statements)),
});

/** A bank that answers when it is told to. */
class PatientBank {
  answer: (receipt: string) => void = () => undefined;
  readonly #answered = new Promise<string>((resolve) => (this.answer = resolve));
  #called: () => void = () => undefined;
  /** Then the run that asks holds its key. */
  readonly called = new Promise<void>((resolve) => (this.#called = resolve));

  readonly transfer: Transfer = () => {
    this.#called();
    return this.#answered;
  };
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );

const pay = (executor: Executor, key: string, note = "rent"): Promise<Answer> =>
  executor.answer("ledger.pay", { note }, callAs(ada, { idempotencyKey: key }));

/** Asks again until nobody else holds the key any more. */
async function payWhenFree(executor: Executor, key: string, note?: string): Promise<Answer> {
  for (;;) {
    try {
      return await pay(executor, key, note);
    } catch (error) {
      if (!(error instanceof ProblemError && ["in-flight", "key-reused"].includes(error.code))) throw error;
      await sleep(50);
    }
  }
}

async function entries(note: string): Promise<number> {
  const [result] = await backend.adminPool.read([{ text: "select count(*) as n from ledger.entry where note = $1", values: [note] }]);
  return Number(result?.rows[0]?.["n"]);
}

test("a run that takes longer than its lease keeps its key for as long as it works", async () => {
  const [key, bank] = [newId("key"), new PatientBank()];
  const slow = aProcess(bank.transfer, leaseMs);
  const first = pay(slow, key);
  await bank.called;
  for (const untilMs = performance.now() + 1.4 * leaseMs; performance.now() < untilMs; await sleep(leaseMs / 4))
    await expect(pay(aProcess(says("another"), leaseMs), key)).rejects.toMatchObject({ code: "in-flight" });
  bank.answer("slow");
  const { body } = await first;
  expect(await pay(slow, key)).toEqual({ status: 200, body, replayed: true });
  expect([await entries("slow"), await entries("another")]).toEqual([1, 0]);
});

test("a run that was overtaken takes its effect back, and the answer of the other one stays", async () => {
  const [key, bank] = [newId("key"), new PatientBank()];
  const paused = failureOf(pay(aProcess(bank.transfer, briefMs, withoutRenewals()), key));
  await bank.called;
  const { body } = await payWhenFree(aProcess(says("overtaker"), briefMs), key);
  bank.answer("overtaken");
  expect(await paused).toMatchObject({ code: "in-flight", status: 409 });
  expect([await entries("overtaken"), await entries("overtaker")]).toEqual([0, 1]);
  expect(await pay(aProcess(says("third"), briefMs), key)).toEqual({ status: 200, body, replayed: true });
});

test("an error of a run that was overtaken does not answer for the other one", async () => {
  const [key, bank, others] = [newId("key"), new PatientBank(), new PatientBank()];
  const paused = failureOf(pay(aProcess(bank.transfer, briefMs, withoutRenewals()), key));
  await bank.called;
  const overtaker = payWhenFree(aProcess(others.transfer, leaseMs), key);
  await others.called;
  bank.answer("refused");
  expect(await paused).toMatchObject({ code: "Refused" });
  others.answer("served");
  expect((await overtaker).status).toBe(200);
  expect(await entries("served")).toBe(1);
});

test("the key of a run that died is free for another request when its lease is over", async () => {
  const [key, bank] = [newId("key"), new PatientBank()];
  void failureOf(pay(aProcess(bank.transfer, briefMs, withoutRenewals()), key, "lost"));
  await bank.called;
  const next = aProcess(says("next"), briefMs);
  const { body } = await payWhenFree(next, key, "another note");
  expect(await pay(next, key, "another note")).toEqual({ status: 200, body, replayed: true });
  await expect(pay(next, key, "lost")).rejects.toMatchObject({ code: "key-reused" });
});
