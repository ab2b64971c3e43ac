import { context, system, t } from "archwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOutbox } from "../../packages/runtime/src/events/outbox.ts";
import { createRelay } from "../../packages/runtime/src/events/relay.ts";
import { systemCaller } from "../../packages/runtime/src/execution/seams.ts";
import { quietLog, runModel, type RunningModel } from "../runtime/running-model.ts";

const Bells = context("bells");
const Ring = Bells.entity("Ring", { id: t.id("rng"), of: t.text() });
const Rung = Bells.event("BellRung", { of: t.text() });
const hear = Bells.command("hear", {
  allow: "system",
  input: { of: t.text() },
  writes: [Ring],
  async handle({ db, input }) {
    if (input.of === "the bell that is stuck") await new Promise(() => undefined);
    await db.Ring.create({ of: input.of });
  },
});
Bells.on(Rung, hear);
const bells = system("stuck-test", { contexts: [Bells] });

let backend: RunningModel;

beforeEach(async () => {
  backend = await runModel(bells);
});

afterEach(async () => {
  await backend.close();
});

const values = async (text: string): Promise<readonly unknown[]> =>
  ((await backend.adminPool.read([{ text }]))[0]?.rows ?? []).map((row) => Object.values(row)[0]);

const undone = "archwright.delivery where state = 'waiting'";

test("a reaction that never ends keeps no other one waiting, and is tried again", async () => {
  const { model, lookup, pool, executor } = backend;
  const rung = ["the bell that is stuck", ...Array.from({ length: 50 }, (_, index) => `bell ${index}`)];
  const events = rung.map((of) => ({ event: "bells.BellRung", payload: { of } }));
  await pool.transaction((transaction) => transaction.commit(createOutbox(model)(events, { caller: systemCaller, now: new Date() })));
  const relay = createRelay({ model, lookup, pool, executor, log: quietLog, now: () => new Date(), random: () => 0.5, limitMs: 4_000 });
  while (await relay.turn());
  expect(new Set(await values("select of from bells.ring"))).toEqual(new Set(rung.slice(1)));
  expect(await values(`select last_error from ${undone}`)).toEqual([null]);
  await relay.close();
  expect(await values(`select last_error from ${undone}`)).toEqual(["It was not done after 4 s."]);
  expect(await values(`select leased_until from ${undone}`)).toEqual([null]);
});
