import { assemble, type Assembled } from "@archwright/model";
import { emitSql } from "../../packages/compiler/src/emit/sql/emit-sql.ts";
import { createPool, type Pool } from "../../packages/runtime/src/database/pool.ts";
import { prepareSchema } from "../../packages/runtime/src/database/schema.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { createSecrets, type Secrets } from "../../packages/runtime/src/execution/secrets.ts";
import { seedRows, type SeedRows } from "../../packages/runtime/src/execution/seed.ts";

/** A model with a database of its own that is ready for it. */
export interface PreparedModel extends Assembled {
  /** Signs in as the role that serves requests. */
  readonly appUrl: string;
  /** Of the superuser, whom row security does not bind. */
  readonly adminPool: Pool;
  readonly masterKey: Buffer;
  readonly secrets: Secrets;
  seed(rows: SeedRows): Promise<void>;
  drop(): Promise<void>;
}

export async function prepareModel(system: unknown): Promise<PreparedModel> {
  const assembled = assemble(system);
  const { model } = assembled;
  const database = await testDatabase();
  const { appUrl } = await prepareSchema({
    adminUrl: database.adminUrl,
    system: model.name,
    script: emitSql(model),
    schemaHash: "test",
    modelHash: "test",
  });
  const adminPool = testPool(database.adminUrl);
  const masterKey = Buffer.alloc(32, 7);
  const secrets = createSecrets(masterKey);
  return {
    ...assembled,
    appUrl,
    adminPool,
    masterKey,
    secrets,
    async seed(rows) {
      await seedRows(adminPool, model, secrets, rows, new Date());
    },
    async drop() {
      await adminPool.end();
      await database.drop();
    },
  };
}

export function testPool(url: string): Pool {
  return createPool({
    url,
    max: 5,
    applicationName: "test",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 10_000,
    idleTimeoutMs: 10_000,
    onError: () => {},
  });
}
