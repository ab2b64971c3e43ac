import type { Pool } from "../database/pool.ts";
import type { Log } from "../observability/log.ts";

/** How long the machinery's own rows are kept: answers for as long as clients repeat, events for as long as somebody may ask what happened. */
const retention = [
  { table: "archwright.idempotency", past: "created_at < now() - interval '48 hours'" },
  {
    table: "archwright.outbox",
    past: "occurred_at < now() - interval '30 days' and not exists (select from archwright.delivery where outbox_id = outbox.id and state <> 'done')",
  },
  { table: "archwright.inbox", past: "received_at < now() - interval '30 days'" },
  { table: "archwright.session", past: "expires_at < now() - interval '7 days'" },
  { table: "archwright.file", past: "used_at is null and created_at < now() - interval '24 hours'" },
  { table: "archwright.message", past: "created_at < now() - interval '30 days' and state <> 'waiting'" },
] as const;

/** Few at a time: a purge is nothing that a request should wait for. */
const rowsMax = 1_000;

/** Forgets what is past its time. Answers whether there may be more of it. */
export async function forgetOld(pool: Pool, log: Log): Promise<boolean> {
  const results = await pool.read(
    retention.map(({ table, past }) => ({
      text: `delete from ${table} where ctid in (select ctid from ${table} where ${past} limit ${rowsMax})`,
    })),
  );
  const forgotten = results.reduce((count, { rowCount }) => count + rowCount, 0);
  if (forgotten > 0) log.info({ rows: forgotten }, "forgot what is past its time");
  return results.some(({ rowCount }) => rowCount === rowsMax);
}

/** How often anybody looks. */
export const retentionTurnMs = 10 * 60_000;
