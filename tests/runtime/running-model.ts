import { assemble, lookupOf, type Assembled, type Lookup } from "@archwright/model";
import { emitSql } from "../../packages/compiler/src/emit/sql/emit-sql.ts";
import { createPool, type Pool } from "../../packages/runtime/src/database/pool.ts";
import { prepareSchema } from "../../packages/runtime/src/database/schema.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { createOutbox } from "../../packages/runtime/src/events/outbox.ts";
import { createExecutor } from "../../packages/runtime/src/execution/executor.ts";
import type { CallContext, Caller, Executor, ExternalCalls } from "../../packages/runtime/src/execution/seams.ts";
import { createSecrets, type Secrets } from "../../packages/runtime/src/execution/secrets.ts";
import { seedRows, type SeedRows } from "../../packages/runtime/src/execution/seed.ts";

/** A model at work on a database of its own, without HTTP. */
export interface RunningModel extends Assembled {
  readonly lookup: Lookup;
  readonly executor: Executor;
  /** Of the role that serves requests. */
  readonly pool: Pool;
  /** Of the superuser, whom row security does not bind. */
  readonly adminPool: Pool;
  readonly appUrl: string;
  readonly secrets: Secrets;
  seed(rows: SeedRows): Promise<void>;
  close(): Promise<void>;
}

export const quietLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const noExternalCalls: ExternalCalls = {
  call: (id) => Promise.reject(new Error(`${id} is not to be called here.`)),
};

export async function runModel(system: unknown, external: ExternalCalls = noExternalCalls): Promise<RunningModel> {
  const assembled = assemble(system);
  const { model, handlers } = assembled;
  const database = await testDatabase();
  const { appUrl } = await prepareSchema({
    adminUrl: database.adminUrl,
    system: model.name,
    script: emitSql(model),
    schemaHash: "test",
    modelHash: "test",
  });
  const [pool, adminPool] = [appUrl, database.adminUrl].map((url) =>
    createPool({
      url,
      max: 5,
      applicationName: "test",
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 10_000,
      idleTimeoutMs: 10_000,
      onError: () => {},
    }),
  ) as [Pool, Pool]; // Two addresses make two pools.
  const secrets = createSecrets(Buffer.alloc(32, 7));
  const executor = createExecutor({ model, handlers, pool, external, outbox: createOutbox(model), secrets, claimLeaseMs: 60_000 });
  return {
    ...assembled,
    executor,
    pool,
    adminPool,
    appUrl,
    secrets,
    lookup: lookupOf(model),
    async seed(rows) {
      await seedRows(adminPool, model, secrets, rows, new Date());
    },
    async close() {
      await Promise.all([pool.end(), adminPool.end()]);
      await database.drop();
    },
  };
}

let requests = 0;

export function callAs(caller: Caller, more: Partial<CallContext> = {}): CallContext {
  requests += 1;
  return { caller, requestId: `request-${requests}`, now: new Date(), log: quietLog, ...more };
}
