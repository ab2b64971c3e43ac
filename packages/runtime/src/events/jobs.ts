import { Cron } from "croner";
import type { Job, Model } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { systemCaller, type Executor } from "../execution/seams.ts";
import type { Log } from "../observability/log.ts";

export interface JobsOptions {
  readonly model: Model;
  readonly pool: Pool;
  readonly executor: Pick<Executor, "runJob">;
  readonly log: Log;
  readonly now: () => Date;
}

const leaseMs = 300_000;

/** Makes the model's jobs known to the database, which says for every process when each is due. */
export async function plantJobs({ model, pool, now }: JobsOptions): Promise<void> {
  const statements = model.jobs.map((job) => ({
    text: "insert into archwright.job (id, due_at) values ($1, $2) on conflict (id) do nothing",
    values: [job.id, nextRun(job, now())],
  }));
  if (statements.length > 0) await pool.read(statements);
}

/** Runs the jobs that are due, each in one process only. */
export async function runDueJobs(options: JobsOptions): Promise<void> {
  if (options.model.jobs.length === 0) return;
  const [claimed] = await options.pool.read([{ text: claimText, values: [options.model.jobs.map(({ id }) => id), leaseMs] }]);
  for (const row of claimed?.rows ?? []) await runJob(String(row["id"]), row["lease"] as bigint, options); // A bigint column.
}

const claimText = `
  with due as (
    select id from archwright.job where id = any($1) and due_at <= now() and (leased_until is null or leased_until < now()) order by due_at for update skip locked
  )
  update archwright.job as held set leased_until = now() + $2 * interval '1 millisecond', lease = held.lease + 1 from due where held.id = due.id returning held.id, held.lease`;

async function runJob(id: string, lease: bigint, { model, executor, pool, log, now }: JobsOptions): Promise<void> {
  const job = model.jobs.find((candidate) => candidate.id === id);
  if (!job) return;
  const started = now();
  try {
    await executor.runJob(id, { caller: systemCaller, requestId: `${id}@${started.toISOString()}`, now: started, log }, [
      finished(id, lease, nextRun(job, started), null),
    ]);
    log.info({ job: id }, "job done");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ job: id, reason }, "job failed");
    // A failed run waits for its next turn like any other: a job that fails at once would otherwise be all that runs.
    await pool.read([{ ...finished(id, lease, nextRun(job, started), reason) }]);
  }
}

// As with deliveries: who has been overtaken divides by zero and takes his effect back.
function finished(id: string, lease: bigint, dueAt: Date, error: string | null): Statement {
  return {
    text: `with done as (
        update archwright.job set due_at = $3, leased_until = null, last_run_at = now(), last_error = $4 where id = $1 and lease = $2 returning 1
      ) select 1 / (select count(*) from done) as finished`,
    values: [id, lease, dueAt, error],
  };
}

/** When a job runs next, seen from a moment. */
export function nextRun({ when }: Job, after: Date): Date {
  if (when.kind === "every") return new Date(after.getTime() + when.everyMs);
  const next = new Cron(when.cron, { timezone: when.zone, paused: true }).nextRun(after);
  if (!next) throw new Error(`"${when.cron}" never comes.`);
  return next;
}
