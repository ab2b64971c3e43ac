import { ProblemError } from "../problem.ts";
import { admit, inputToJson, runInside } from "./admission.ts";
import { runBody } from "./body.ts";
import { isUndeclaredEffect, problemOf, undeclaredEffect } from "./database-problem.ts";
import { runHandlerAlone } from "./handler-run.ts";
import { keepFailure, keyedRequest } from "./idempotency.ts";
import { referenceChecks } from "./input-references.ts";
import { isOutcome } from "./outcome.ts";
import { answerOf, closing, lookBefore, workOn, type Machine, type OperationsOptions, type Run } from "./run.ts";
import type { Answer, Executor } from "./seams.ts";
import { readSession, TransactionSession, type Identity } from "./session.ts";

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
          await options.pool.transaction((transaction) => transaction.run([keepFailure(keyed, problem)]));
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

async function answerTo(run: Run, options: Machine): Promise<Answer> {
  const answer = await answerOnce(run, options);
  if (run.plan.emits) options.onEvents?.();
  return answer;
}

function answerOnce(run: Run, options: Machine): Promise<Answer> {
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
    check.accept(found?.rows ?? []);
  }
  const value = await runInside(run.plan, run.input, run.context.caller, workOn(session, run.context, options));
  return answerOf(run.plan, value);
}

async function answerInside(run: Run, session: TransactionSession, options: Machine): Promise<Answer> {
  const earlier = await lookBefore(run, session, options.model.name);
  if (earlier) return earlier;
  const work = workOn(session, run.context, options);
  const value = await runInside(run.plan, run.input, run.context.caller, work).catch(async (error: unknown) => {
    // What was written before it failed may fail too, and came first.
    await session.settle();
    throw error;
  });
  const answer = answerOf(run.plan, value);
  await session.commit(closing(run, work, answer, options));
  return answer;
}

function translated(error: unknown, { plan: { operation } }: Run, { model }: Machine): unknown {
  if (isUndeclaredEffect(error)) return undeclaredEffect(operation, error);
  return problemOf(error, model.entities);
}
