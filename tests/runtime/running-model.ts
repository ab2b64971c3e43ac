import { lookupOf, type Lookup } from "@archwright/model";
import type { Pool } from "../../packages/runtime/src/database/pool.ts";
import { createOutbox } from "../../packages/runtime/src/events/outbox.ts";
import { createExecutor } from "../../packages/runtime/src/execution/executor.ts";
import type { CallContext, Caller, Executor, ExternalCalls } from "../../packages/runtime/src/execution/seams.ts";
import { prepareModel, testPool, type PreparedModel } from "./prepared-model.ts";

/** A model at work on a database of its own, without HTTP. */
export interface RunningModel extends PreparedModel {
  readonly lookup: Lookup;
  readonly executor: Executor;
  /** Of the role that serves requests. */
  readonly pool: Pool;
  close(): Promise<void>;
}

export const quietLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const noExternalCalls: ExternalCalls = {
  call: (id) => Promise.reject(new Error(`${id} is not to be called here.`)),
};

export async function runModel(system: unknown, external: ExternalCalls = noExternalCalls): Promise<RunningModel> {
  const prepared = await prepareModel(system);
  const { model, handlers, secrets } = prepared;
  const pool = testPool(prepared.appUrl);
  const executor = createExecutor({ model, handlers, pool, external, outbox: createOutbox(model), secrets, claimLeaseMs: 60_000 });
  return {
    ...prepared,
    executor,
    pool,
    lookup: lookupOf(model),
    async close() {
      await pool.end();
      await prepared.drop();
    },
  };
}

let requests = 0;

export function callAs(caller: Caller, more: Partial<CallContext> = {}): CallContext {
  requests += 1;
  return { caller, requestId: `request-${requests}`, now: new Date(), log: quietLog, ...more };
}
