import type { Model } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { callerInside, runInside, type Inside } from "./admission.ts";
import type { EntityTables } from "./entity-table.ts";
import type { Work } from "./frame.ts";
import { earlierAnswer, keepAnswer, takeKey, type KeyedRequest } from "./idempotency.ts";
import { keepNamedFiles, referenceChecks } from "./input-references.ts";
import type { ModelPlan, OperationPlan } from "./plan.ts";
import type { Answer, CallContext, Executor, ExternalCalls, InputValues, OutboxStatements } from "./seams.ts";
import { infrastructure, type Session, type TransactionSession } from "./session.ts";

export interface OperationsOptions {
  readonly plan: ModelPlan;
  readonly model: Model;
  readonly tables: EntityTables;
  readonly pool: Pool;
  readonly external: ExternalCalls;
  readonly outbox: OutboxStatements;
  readonly claimLeaseMs: number;
  /** Hears of each commit that may have put events into the outbox. */
  readonly onEvents?: () => void;
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

/** The key's earlier answer, and the rows and files that the input names, in one round trip. */
export async function lookBefore(
  { plan, input, context, keyed }: Run,
  session: TransactionSession,
  system: string,
): Promise<Answer | undefined> {
  const checks = referenceChecks(plan.references, input, context.caller, system);
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
  checks.forEach((check, index) => check.accept(results[index + (keyed ? 1 : 0)]?.[0]?.rows ?? []));
  return undefined;
}

/** What commits with the effect: its events, its answer, the files that it uses, and what the caller put alongside. */
export function closing(
  { plan, input, context, keyed, alongside }: Run,
  { emitted }: Work,
  answer: Answer,
  { outbox }: Machine,
): readonly Statement[] {
  const files = plan.operation.kind === "command" ? keepNamedFiles(plan.references, input) : [];
  return [...outbox(emitted, context), ...files, ...(keyed ? [keepAnswer(keyed, answer)] : []), ...alongside];
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
