import type { JsonValue, Model } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { ProblemError } from "../problem.ts";
import { admit, callerInside, inputToJson, runInside, type Inside } from "./admission.ts";
import { runBody } from "./body.ts";
import { isUndeclaredEffect, problemOf, undeclaredEffect } from "./database-problem.ts";
import type { EntityTables } from "./entity-table.ts";
import type { Work } from "./frame.ts";
import { runHandlerAlone } from "./handler-run.ts";
import { earlierAnswer, keepAnswer, keyedRequest, problemAnswer, takeKey, type KeyedRequest } from "./idempotency.ts";
import { assertReadable, referenceChecks } from "./input-references.ts";
import type { ModelPlan, OperationPlan } from "./plan.ts";
import type { Answer, CallContext, EmittedEvent, Executor, ExternalCalls, InputValues } from "./seams.ts";
import { infrastructure, readSession, TransactionSession, type Identity, type Session } from "./session.ts";

/** The rows that put events into the outbox, with a delivery for each reaction. */
export type OutboxStatements = (events: readonly EmittedEvent[], context: Pick<CallContext, "caller" | "now">) => readonly Statement[];

export interface OperationsOptions {
  readonly plan: ModelPlan;
  readonly model: Model;
  readonly tables: EntityTables;
  readonly pool: Pool;
  readonly external: ExternalCalls;
  readonly outbox: OutboxStatements;
  readonly claimLeaseMs: number;
}

/** One run of an operation: for whom, with what, and what commits with it. */
export interface Run {
  readonly plan: OperationPlan;
  readonly input: InputValues;
  readonly context: CallContext;
  readonly keyed?: KeyedRequest;
  readonly alongside: readonly Statement[];
}

/** What runs need besides themselves: the parts, and the way to run another operation as a request of its own. */
export interface Machine extends OperationsOptions {
  readonly answer: Executor["answer"];
}

export function createOperations(given: OperationsOptions): Pick<Executor, "answer" | "runAsSystem" | "runJob"> {
  const { plan: model } = given;
  const options: Machine = { ...given, answer: (id, input, context) => operations.answer(id, input, context) };
  const operations: Pick<Executor, "answer" | "runAsSystem" | "runJob"> = {
    async answer(id, input, context) {
      const plan = model.operation(id);
      admit(plan, context.caller);
      const keyed =
        context.idempotencyKey !== undefined && plan.operation.kind === "command"
          ? keyedRequest(context.caller, id, context.idempotencyKey, inputToJson(plan, input))
          : undefined;
      const run: Run = { plan, input, context, alongside: [], ...(keyed && { keyed }) };
      try {
        return await answerTo(run, options);
      } catch (error) {
        const problem = translated(error, run, options);
        if (keyed && problem instanceof ProblemError && isOutcome(problem))
          await options.pool.transaction((transaction) => transaction.run([keepAnswer(keyed, problemAnswer(problem))]));
        throw problem;
      }
    },
    async runAsSystem(id, input, context, alongside) {
      const run: Run = { plan: model.operation(id), input, context, alongside };
      try {
        return (await answerTo(run, options)).body;
      } catch (error) {
        throw translated(error, run, options);
      }
    },
    async runJob(id, context, alongside) {
      const job = model.lookup.job(id);
      if (job.does.kind === "command") {
        const run: Run = { plan: model.operation(job.does.command), input: {}, context, alongside };
        await answerTo(run, options);
        return;
      }
      const { body } = job.does;
      await options.pool.transaction(
        async (transaction) => {
          const session = new TransactionSession(transaction);
          const work = workOn(session, context, options);
          const identity: Identity = { databaseRole: model.jobRole(id), caller: context.caller };
          await runBody(
            body,
            { now: context.now, me: context.caller, role: context.caller.role, input: {} },
            { work, operation: id, identity, errors: new Map() },
          );
          await session.commit([...options.outbox(work.emitted, context), ...alongside]);
        },
        { retries: retriesMax },
      );
    },
  };
  return operations;
}

function answerTo(run: Run, options: Machine): Promise<Answer> {
  const { operation, handler } = run.plan;
  if (handler) return runHandlerAlone(run, options);
  if (operation.kind === "query") return answerQuery(run, options);
  // A body has no effect outside its transaction, so one that met another in the wrong order may simply run again.
  return options.pool.transaction((transaction) => answerInside(run, new TransactionSession(transaction), options), {
    retries: retriesMax,
  });
}

const retriesMax = 5;

async function answerQuery(run: Run, options: Machine): Promise<Answer> {
  const session = readSession(options.pool);
  const { references } = run.plan;
  for (const check of referenceChecks(references, run.input, run.context.caller, options.model.name)) {
    const [found] = await session.run(check.identity, [check.statement]);
    assertReadable(check, found?.rows ?? []);
  }
  const value = await runInside(run.plan, run.input, run.context.caller, workOn(session, run.context, options));
  return answerOf(run.plan, value);
}

async function answerInside(run: Run, session: TransactionSession, options: Machine): Promise<Answer> {
  const earlier = await lookBefore(run, session, options.model.name);
  if (earlier) return earlier;
  const work = workOn(session, run.context, options);
  const value = await runInside(run.plan, run.input, run.context.caller, work);
  const answer = answerOf(run.plan, value);
  await session.commit(closing(run, work, answer, options));
  return answer;
}

/** The key's earlier answer and the rows that the input names, in one round trip. */
export async function lookBefore(
  { plan, input, context, keyed }: Run,
  session: TransactionSession,
  system: string,
): Promise<Answer | undefined> {
  const checks = context.caller.role === "system" ? [] : referenceChecks(plan.references, input, context.caller, system);
  const parts = [
    ...(keyed ? [[infrastructure, takeKey(keyed)] as const] : []),
    ...checks.map((check) => [check.identity, [check.statement]] as const),
  ];
  if (parts.length === 0) return undefined;
  const results = await session.runEach(parts);
  if (keyed) {
    const earlier = earlierAnswer(keyed, results[0] ?? []);
    if (earlier) return earlier;
  }
  checks.forEach((check, index) => assertReadable(check, results[index + (keyed ? 1 : 0)]?.[0]?.rows ?? []));
  return undefined;
}

/** What commits with the effect: its events, its answer, and what the caller put alongside. */
export function closing({ context, keyed, alongside }: Run, { emitted }: Work, answer: Answer, { outbox }: Machine): readonly Statement[] {
  return [...outbox(emitted, context), ...(keyed ? [keepAnswer(keyed, answer)] : []), ...alongside];
}

export function answerOf({ status, result }: OperationPlan, value: unknown): Answer {
  return { status, body: result.toJson(value) };
}

export function workOn(session: Session, context: CallContext, options: Machine): Work {
  const { plan: model, tables } = options;
  const work: Work = {
    session,
    context,
    tables,
    lookup: model.lookup,
    emitted: [],
    atomic(id, input, caller): Inside {
      const callee = model.operation(id);
      return runInside(callee, input, callerInside(callee, caller), work);
    },
  };
  return work;
}

/** Failures that are an answer to the request itself: repeating it would only give them again. */
export const isOutcome = ({ status, code }: ProblemError): boolean =>
  status < 500 && code !== "in-flight" && code !== "key-reused" && code !== "unauthenticated";

function translated(error: unknown, { plan: { operation } }: Run, { model }: Machine): unknown {
  if (isUndeclaredEffect(error)) return undeclaredEffect(operation, error);
  return problemOf(error, model.entities);
}
