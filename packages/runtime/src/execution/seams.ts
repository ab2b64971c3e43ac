import type { JsonValue } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Log } from "../observability/log.ts";

/** In-memory values by the name of their field: money as Money, times as Date, and so on. */
export type InputValues = { readonly [field: string]: unknown };

/** Who asks. `role` is "anyone", "system", or the name of a role; `id` is the actor's id in that role. */
export interface Caller {
  readonly role: string;
  readonly id: string | null;
}

export const anyone: Caller = { role: "anyone", id: null };
export const systemCaller: Caller = { role: "system", id: null };

/** What every part of one request shares. */
export interface CallContext {
  readonly caller: Caller;
  readonly requestId: string;
  readonly now: Date;
  readonly idempotencyKey?: string;
  /** When the caller no longer waits, in milliseconds since 1970. */
  readonly deadlineMs?: number;
  readonly log: Log;
}

/** What an operation answers over HTTP: a status and the body in its wire form. */
export interface Answer {
  readonly status: number;
  readonly body: JsonValue | undefined;
  readonly replayed?: true;
}

export interface ListQuery {
  /** Values that fields must equal, already checked against the filters that the route allows. */
  readonly filters: InputValues;
  readonly sort?: { readonly field: string; readonly descending?: true };
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

export interface Page {
  readonly items: readonly JsonValue[];
  readonly next: string | null;
}

/** Runs what the model declares. Everything outside speaks to it in these words. */
export interface Executor {
  /** An operation for a caller from outside: who may, whose rows, idempotency, one transaction. */
  answer(operation: string, input: InputValues, context: CallContext): Promise<Answer>;
  /** A command inside the system. The statements `alongside` commit in the transaction of its effect, or not at all. */
  runAsSystem(operation: string, input: InputValues, context: CallContext, alongside: readonly Statement[]): Promise<unknown>;
  runJob(job: string, context: CallContext, alongside: readonly Statement[]): Promise<void>;
  list(entity: string, query: ListQuery, context: CallContext): Promise<Page>;
  read(entity: string, id: string, context: CallContext): Promise<JsonValue>;
  create(entity: string, values: InputValues, context: CallContext): Promise<JsonValue>;
  update(entity: string, id: string, changes: InputValues, context: CallContext): Promise<JsonValue>;
  remove(entity: string, id: string, context: CallContext): Promise<void>;
}

/** An event as it goes into the outbox: the payload in its wire form. */
export interface EmittedEvent {
  readonly event: string;
  readonly payload: JsonValue;
}

/** What a handler's external call goes through. */
export interface ExternalCalls {
  call(
    callId: string,
    input: InputValues,
    context: { readonly idempotencyKey?: string; readonly deadlineMs?: number; readonly requestId: string; readonly log: Log },
  ): Promise<InputValues>;
}

/** The rows that put events into the outbox, with a delivery for each reaction. */
export type OutboxStatements = (events: readonly EmittedEvent[], context: Pick<CallContext, "caller" | "now">) => readonly Statement[];
