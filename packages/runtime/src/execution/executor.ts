import type { Handler, Model } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { createEntityRoutes } from "./entity-routes.ts";
import { createEntityTables, type Secrets } from "./entity-table.ts";
import { createOperations } from "./operations.ts";
import { planModel } from "./plan.ts";
import type { Executor, ExternalCalls, OutboxStatements } from "./seams.ts";

export interface ExecutorOptions {
  readonly model: Model;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly pool: Pool;
  readonly external: ExternalCalls;
  readonly outbox: OutboxStatements;
  readonly secrets: Secrets;
  /** How long a request that calls third parties holds its Idempotency-Key without a sign of life before another may take it over. */
  readonly claimLeaseMs: number;
  /** Hears of each commit that may have put events into the outbox. */
  readonly onEvents?: () => void;
}

/** Runs a model: plans everything once, then answers requests. */
export function createExecutor(options: ExecutorOptions): Executor {
  const plan = planModel(options.model, options.handlers);
  const tables = createEntityTables(plan.lookup, options.model, options.secrets);
  return { ...createOperations({ ...options, plan, tables }), ...createEntityRoutes({ ...options, plan, tables }) };
}
