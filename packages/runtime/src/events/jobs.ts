import { Cron } from "croner";
import type { Job, Model } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { systemCaller, type Executor } from "../execution/seams.ts";
import type { Log } from "../observability/log.ts";
import { HeldWork, inTime } from "./held-work.ts";

export interface JobsOptions {
  readonly model: Model;
  readonly pool: Pool;
  readonly executor: Pick<Executor, "runJob">;
  readonly log: Log;
  readonly now: () => Date;
}

const leaseMs = 30_000;

/** A job may well take an hour; past that it is stuck. */
const limitMs = 3_600_000;

/** Makes the model's jobs known to the database, which says for every process when each is due. */
export async function plantJobs({ model, pool, now }: JobsOptions): Promise<void> {
  const statements = model.jobs.map((job) => ({
    text: "insert into archwright.job (id, due_at) values ($1, $2) on conflict (id) do nothing",
    values: [job.id, nextRun(job, now())],
  }));
  if (statements.length > 0) await pool.read(statements);
}

interface HeldJob {
  readonly id: string;
  readonly lease: bigint;
}

/** Runs the jobs that are due, one after the other, each in one process only. */
export function createJobRunner(options: JobsOptions): HeldWork<HeldJob> {
  const { model, pool } = options;
  return new HeldWork({
    atOnceMax: 1,
    async claim(count) {
      if (model.jobs.length === 0) return [];
      const [claimed] = await pool.read([{ text: claimText, values: [model.jobs.map(({ id }) => id), leaseMs, count] }]);
      return (claimed?.rows ?? []).map((row) => ({ id: String(row["id"]), lease: row["lease"] as bigint })); // A bigint column.
    },
    renew: (jobs) => pool.read(jobs.map(({ id, lease }) => ({ text: renewText, values: [id, lease, leaseMs] }))),
    renewEveryMs: leaseMs / 3,
    groups: (jobs) => jobs.map((job) => [job]),
    async work(jobs) {
      for (const job of jobs) await runJob(job, options);
    },
  });
}

const claimText = `
  with due as (
    select id from archwright.job where id = any($1) and due_at <= now() and (leased_until is null or leased_until < now()) order by due_at limit $3 for update skip locked
  )
  update archwright.job as held set leased_until = now() + $2 * interval '1 millisecond', lease = held.lease + 1 from due where held.id = due.id returning held.id, held.lease`;

const renewText = "update archwright.job set leased_until = now() + $3 * interval '1 millisecond' where id = $1 and lease = $2";

async function runJob({ id, lease }: HeldJob, { model, executor, pool, log, now }: JobsOptions): Promise<void> {
  const job = model.jobs.find((candidate) => candidate.id === id);
  if (!job) return;
  const started = now();
  try {
    const context = { caller: systemCaller, requestId: `${id}@${started.toISOString()}`, now: started, log };
    await inTime(executor.runJob(id, context, [finished(id, lease, nextRun(job, started), null)]), limitMs);
    log.info({ job: id }, "job done");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ job: id, reason }, "job failed");
    // A failed run waits for its next turn like any other: a job that fails at once would otherwise be all that runs.
    await pool.read([finished(id, lease, nextRun(job, started), reason)]).catch((unreachable: unknown) => {
      // Without a database there is nobody to tell, and after a takeover it is not ours to say; the lease runs out by itself.
      log.warn({ job: id, reason: unreachable instanceof Error ? unreachable.message : String(unreachable) }, "job could not be put back");
    });
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
