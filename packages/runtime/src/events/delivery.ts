import type { JsonValue } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";

/** One event on its way to one reaction, held by this process until the lease is over. */
export interface Delivery {
  readonly id: bigint;
  readonly eventId: string;
  readonly event: string;
  readonly reaction: string;
  readonly payload: JsonValue;
  /** Grows with each claim: who holds an older one has been overtaken. */
  readonly lease: bigint;
  readonly attempts: number;
}

/** Takes what is due, oldest first, past what others hold. What a dead process held is due again when its lease is over. */
export async function claimDeliveries(pool: Pool, count: number, leaseMs: number): Promise<readonly Delivery[]> {
  const [claimed] = await pool.read([{ text: claimText, values: [count, leaseMs] }]);
  return (claimed?.rows ?? []).map((row) => ({
    id: row["id"] as bigint, // The columns of the statement below; so too the next lines.
    eventId: String(row["outbox_id"]),
    event: String(row["event"]),
    reaction: String(row["reaction"]),
    payload: row["payload"] as JsonValue,
    lease: row["lease"] as bigint,
    attempts: Number(row["attempts"]),
  }));
}

const claimText = `
  with due as (
    select id from archwright.delivery
    where state = 'waiting' and due_at <= now() and (leased_until is null or leased_until < now())
    order by due_at, id limit $1 for update skip locked
  ), claimed as (
    update archwright.delivery as held
    set leased_until = now() + $2 * interval '1 millisecond', lease = held.lease + 1, attempts = held.attempts + 1
    from due where held.id = due.id
    returning held.id, held.outbox_id, held.reaction, held.lease, held.attempts
  )
  select claimed.*, outbox.event, outbox.payload from claimed join archwright.outbox on outbox.id = claimed.outbox_id order by claimed.id`;

/** Holds deliveries for another while. What somebody else has taken over stays his. */
export function renewDeliveries(pool: Pool, deliveries: readonly Delivery[], leaseMs: number): Promise<unknown> {
  const text = `update archwright.delivery as held set leased_until = now() + $3 * interval '1 millisecond'
    from unnest($1::bigint[], $2::bigint[]) as mine(id, lease) where held.id = mine.id and held.lease = mine.lease and held.state = 'waiting' and held.leased_until is not null`;
  return pool.read([{ text, values: [deliveries.map(({ id }) => id), deliveries.map(({ lease }) => lease), leaseMs] }]);
}

/**
 * Marks deliveries as done in the transaction of their effect. When another process has taken one over meanwhile, not all are found, the
 * division fails, and the transaction takes its effect back: the effect happens once, whoever finishes first.
 */
export function markDelivered(...deliveries: readonly Delivery[]): Statement {
  return {
    text: `with done as (
        update archwright.delivery as held set state = 'done', done_at = now(), leased_until = null
        from unnest($1::bigint[], $2::bigint[]) as mine(id, lease) where held.id = mine.id and held.lease = mine.lease and held.state = 'waiting' returning 1
      ) select 1 / (case when (select count(*) from done) = cardinality($1) then 1 else 0 end) as delivered`,
    values: [deliveries.map(({ id }) => id), deliveries.map(({ lease }) => lease)],
  };
}

export function markFailed({ id, lease }: Delivery, error: string, again: { readonly afterMs: number } | "never"): Statement {
  return {
    text: `update archwright.delivery set last_error = $3, leased_until = null, state = $4, due_at = now() + $5 * interval '1 millisecond'
      where id = $1 and lease = $2 and state = 'waiting'`,
    values: [id, lease, error.slice(0, 2_000), again === "never" ? "dead" : "waiting", again === "never" ? 0 : again.afterMs],
  };
}
