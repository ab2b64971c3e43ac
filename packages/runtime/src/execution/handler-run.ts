import { createHash } from "node:crypto";
import { callerInside, noCode, pageOf } from "./admission.ts";
import { Claim } from "./claim.ts";
import type { Frame } from "./frame.ts";
import { handlerScope } from "./handler-scope.ts";
import { claimKey, inFlight, isOvertaken } from "./idempotency.ts";
import { answerOf, closing, lookBefore, workOn, type Machine, type Run } from "./run.ts";
import type { Answer, InputValues } from "./seams.ts";
import { SegmentedSession } from "./segmented-session.ts";
import { infrastructure, TransactionSession } from "./session.ts";

/** Runs a handler as an operation of its own: its transaction opens when it first needs one, and ends before each call to the outside. */
export async function runHandlerAlone(run: Run, options: Machine): Promise<Answer> {
  const { earlier, claim } = await prepare(run, options);
  if (earlier) return earlier;
  const session = new SegmentedSession(options.pool, run.plan.operation.id);
  try {
    return await handle(run, session, claim, options);
  } catch (error) {
    await session.abandon(error);
    await claim?.fail(error);
    throw isOvertaken(error) ? inFlight() : error;
  }
}

async function handle(run: Run, session: SegmentedSession, claim: Claim | undefined, options: Machine): Promise<Answer> {
  const { plan, input, context } = run;
  const { operation, handler, databaseRole, errors } = plan;
  if (!handler) throw noCode(operation);
  const work = workOn(session, context, options);
  const frame: Frame = {
    work,
    operation: operation.id,
    identity: { databaseRole, caller: context.caller },
    errors,
    ...pageOf(plan, input),
  };
  let calls = 0;
  const call = async (callId: string, given: InputValues): Promise<unknown> => {
    await session.pause(callId);
    calls += 1;
    return callOut(callId, given, `${calls}`, run, options);
  };
  const value = await handler(handlerScope(operation, input, frame, { session, call }));
  const answer = answerOf(plan, value);
  const { keyed: _claimed, ...unkeyed } = run;
  const kept = claim ? [await claim.keep(answer)] : [];
  await session.commit([...closing(unkeyed, work, answer, options), ...kept]);
  return answer;
}

/** Another context's operation is a request of its own, under the caller whom an atomic one has too; a third party sees a key that is the same for each repetition of this one. */
async function callOut(callId: string, input: InputValues, ordinal: string, run: Run, options: Machine): Promise<unknown> {
  const { context, plan, keyed } = run;
  const idempotencyKey = createHash("sha256")
    .update(JSON.stringify([plan.operation.id, keyed?.caller, keyed?.key ?? context.requestId, callId, ordinal]))
    .digest("hex")
    .slice(0, 40);
  if (options.plan.lookup.isExternal(callId)) {
    return options.external.call(callId, input, {
      idempotencyKey,
      requestId: context.requestId,
      log: context.log,
      ...(context.deadlineMs !== undefined && { deadlineMs: context.deadlineMs }),
    });
  }
  const callee = options.plan.operation(callId);
  const { body } = await options.answer(callId, input, { ...context, caller: callerInside(callee, context.caller), idempotencyKey });
  return callee.result.fromJson(body);
}

/** Looks at the key and at the rows that the input names; a run of several transactions then claims the key for as long as it may take. */
function prepare(
  run: Run,
  { pool, model, claimLeaseMs: leaseMs }: Machine,
): Promise<{ readonly earlier?: Answer | undefined; readonly claim?: Claim }> {
  return pool.transaction(async (transaction) => {
    const session = new TransactionSession(transaction);
    const earlier = await lookBefore(run, session, model.name);
    const { keyed } = run;
    if (earlier || !keyed) return { earlier };
    const [claimed] = await session.runAndCommit(infrastructure, [claimKey(keyed, leaseMs)], []);
    return { claim: new Claim({ pool, keyed, leaseMs, heldUntil: String(claimed?.rows[0]?.["held_until"]) }) };
  });
}
