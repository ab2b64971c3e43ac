import { lookupOf, maintenanceRole, recordFromJson, type JsonValue, type Model } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { createEntityTables } from "./entity-table.ts";
import { newRow } from "./new-row.ts";
import type { Secrets } from "./secrets.ts";
import { systemCaller } from "./seams.ts";
import { TransactionSession } from "./session.ts";

/** Rows to begin with, by the id of their entity, in the wire form of its fields. */
export type SeedRows = { readonly [entityId: string]: readonly { readonly [field: string]: JsonValue }[] };

/** Writes rows as the maintenance role, which only the owner of the schema may become. All of them, or none. */
export async function seedRows(adminPool: Pool, model: Model, secrets: Secrets, seeds: SeedRows, now: Date): Promise<number> {
  const tables = createEntityTables(lookupOf(model), model, secrets);
  const statements = Object.entries(seeds).flatMap(([id, rows]) => {
    const table = tables.of(id);
    return rows.flatMap((row) => table.insert(newRow(table.entity, recordFromJson(table.entity.fields, row), now)));
  });
  if (statements.length === 0) return 0;
  await adminPool.transaction((transaction) =>
    new TransactionSession(transaction).run({ databaseRole: maintenanceRole(model.name), caller: systemCaller }, statements),
  );
  return Object.values(seeds).reduce((count, rows) => count + rows.length, 0);
}
