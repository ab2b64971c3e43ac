import type { JsonValue, Lookup } from "@archwright/model";
import { ProblemError } from "../problem.ts";
import type { EntityTables } from "./entity-table.ts";
import type { CallContext, Caller, EmittedEvent } from "./seams.ts";
import type { Identity, Session } from "./session.ts";

/** What the operations of one transaction share. */
export interface Work {
  readonly session: Session;
  readonly context: CallContext;
  readonly lookup: Lookup;
  readonly tables: EntityTables;
  /** In the order in which they were emitted; they go into the outbox when the transaction commits. */
  readonly emitted: EmittedEvent[];
  /** Runs another operation inside this transaction, under its own grants. */
  atomic(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): Promise<unknown>;
}

/** One operation at work: whose grants, whose eyes, and which of its errors it may end with. */
export interface Frame {
  readonly work: Work;
  readonly operation: string;
  readonly identity: Identity;
  readonly errors: ReadonlyMap<string, number>;
  /** For results that are pages: which one, as the caller asked. */
  readonly page?: PageRequest;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

/** Ends the operation with one of its declared errors. */
export function declaredError(frame: Frame, error: string, detail?: string): ProblemError {
  const status = frame.errors.get(error);
  if (status === undefined) throw new Error(`${frame.operation} fails with "${error}", which it does not declare. Add it to errors.`);
  return new ProblemError(error, status, detail === undefined ? {} : { detail });
}

export function notFound(entityName: string, id: unknown): ProblemError {
  return new ProblemError("not-found", 404, { detail: `There is no ${entityName} "${String(id)}" for you.` });
}

export function emitted(event: string, payload: JsonValue): EmittedEvent {
  return { event, payload };
}
