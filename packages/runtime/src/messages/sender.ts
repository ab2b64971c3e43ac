import type { Pool } from "../database/pool.ts";
import type { Log } from "../observability/log.ts";
import type { Mailer } from "./mailer.ts";

interface Waiting {
  readonly id: string;
  readonly channel: string;
  readonly address: string | null;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
}

const attemptsMax = 6;
const leaseMs = 60_000;

/** Sends what waits. A channel that nobody has set up is said so in the row, and its messages are kept. */
export async function sendMessages(pool: Pool, mailer: Mailer | undefined, log: Log): Promise<number> {
  const [claimed] = await pool.read([{ text: claimText, values: [leaseMs] }]);
  const waiting = (claimed?.rows ?? []) as unknown as readonly Waiting[]; // The columns that the statement returns.
  const canGo = ({ channel, address }: Waiting): boolean => channel === "email" && mailer !== undefined && address !== null;
  await keep(
    waiting.filter((message) => !canGo(message)),
    pool,
    log,
  );
  if (mailer) await sendEach(waiting.filter(canGo), pool, mailer, log);
  return waiting.length;
}

/** Only for as long as this process holds them: what is left then is due again, and sent by whoever comes first. */
async function sendEach(messages: readonly Waiting[], pool: Pool, mailer: Mailer, log: Log): Promise<void> {
  const untilMs = performance.now() + leaseMs / 3;
  for (const message of messages) if (performance.now() < untilMs) await send(message, pool, mailer, log);
}

async function keep(messages: readonly Waiting[], pool: Pool, log: Log): Promise<void> {
  if (messages.length === 0) return;
  await pool.read([
    { text: "update archwright.message set state = 'no-channel' where id = any($1)", values: [messages.map(({ id }) => id)] },
  ]);
  log.info(
    { messages: messages.length, channels: [...new Set(messages.map(({ channel }) => channel))].join(", ") },
    "messages kept: nothing sends them",
  );
}

// What a dead process held is due again when its lease is over.
const claimText = `
  with due as (
    select id from archwright.message where state = 'waiting' and due_at <= now() order by due_at limit 100 for update skip locked
  )
  update archwright.message as held set attempts = held.attempts + 1, due_at = now() + $1 * interval '1 millisecond' from due where held.id = due.id
  returning held.id, held.channel, held.address, held.subject, held.body, held.attempts::int`;

async function send(message: Waiting, pool: Pool, mailer: Mailer, log: Log): Promise<void> {
  try {
    await mailer.send({ id: message.id, to: message.address ?? "", subject: message.subject, text: message.body });
    await settle(message, "sent", null, pool, log);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await settle(message, Number(message.attempts) >= attemptsMax ? "failed" : "waiting", reason, pool, log);
  }
}

async function settle(
  { id, channel }: Waiting,
  state: "sent" | "failed" | "waiting",
  error: string | null,
  pool: Pool,
  log: Log,
): Promise<void> {
  log.info({ message: id, channel, state, ...(error !== null && { reason: error }) }, "message");
  const sentAt = state === "sent" ? new Date() : null;
  await pool.read([
    { text: "update archwright.message set state = $2, error = $3, sent_at = $4 where id = $1", values: [id, state, error, sentAt] },
  ]);
}
