import { toJson, type JsonValue, type Operation } from "@archwright/model";
import { ProblemError } from "../problem.ts";
import { runBody, type Environment } from "./body.ts";
import type { Frame, Work } from "./frame.ts";
import { handlerScope } from "./handler-scope.ts";
import type { OperationPlan } from "./plan.ts";
import type { Caller, InputValues } from "./seams.ts";
import { systemCaller } from "./seams.ts";
import { SegmentedSession } from "./segmented-session.ts";

export type Inside = Promise<unknown>;

/** @throws ProblemError when the operation is not for this caller. */
export function admit({ operation }: OperationPlan, caller: Caller): void {
  const { allow } = operation;
  if (caller.role === "system") return;
  if (allow.kind !== "roles") {
    // What only the system does has no address of its own.
    if (allow.kind === "system") throw new ProblemError("not-found", 404);
    return;
  }
  if (allow.roles.includes(caller.role)) return;
  if (caller.id === null)
    throw new ProblemError("unauthenticated", 401, {
      detail: `Sign in as ${allow.roles.join(" or ")}, and send the access token as "Authorization: Bearer …".`,
    });
  throw new ProblemError("forbidden", 403, { detail: `This is for ${allow.roles.join(" and ")}, and you are ${caller.role}.` });
}

/** Who an operation works for when another one calls it: what only the system may do is done by the system, anything else by the same caller. */
export function callerInside(callee: OperationPlan, caller: Caller): Caller {
  if (callee.operation.allow.kind === "system") return systemCaller;
  admit(callee, caller);
  return caller;
}

/** Runs an operation inside a piece of work that is open already: its own body or handler, under its own grants. */
export async function runInside(plan: OperationPlan, input: InputValues, caller: Caller, work: Work): Inside {
  const { operation, handler, databaseRole, errors } = plan;
  const frame: Frame = { work, operation: operation.id, identity: { databaseRole, caller }, errors, ...pageOf(plan, input) };
  if (operation.implementation.kind === "body") return runBody(operation.implementation.body, environmentOf(input, caller, work), frame);
  if (!handler) throw noCode(operation);
  if (!(work.session instanceof SegmentedSession))
    throw new Error(
      `${operation.id} is handled in code and cannot run inside a body's transaction. Give it a body, or call it from a handler.`,
    );
  return handler(handlerScope(operation, input, frame, { session: work.session, call: refuseCall(operation) }));
}

export function environmentOf(input: InputValues, caller: Caller, work: Work): Environment {
  return { input, me: { id: caller.id }, role: caller.role, now: work.context.now };
}

export function pageOf({ isPaged }: OperationPlan, { limit, after }: InputValues): Pick<Frame, "page"> | object {
  if (!isPaged || typeof limit !== "number") return {};
  return { page: { limit, ...(typeof after === "string" && { after }) } };
}

export function inputToJson({ operation }: OperationPlan, input: InputValues): JsonValue {
  return Object.fromEntries(operation.input.map((field) => [field.name, toJson(field, input[field.name])]));
}

export function noCode(operation: Operation): Error {
  return new Error(`${operation.id} has neither a body nor a handler: it is a design that waits for its code.`);
}

const refuseCall =
  (operation: Operation) =>
  (callId: string): never => {
    throw new Error(
      `${operation.id} calls ${callId} inside another operation's transaction. Call it from the outer handler, before it writes.`,
    );
  };
