import type { Entity, Operation } from "@archwright/model";
import { DatabaseFailure } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";

/** What PostgreSQL refused, in the words of the model. Anything that is no caller's doing stays what it is, and ends as an internal error. */
export function problemOf(error: unknown, entities: readonly Entity[]): unknown {
  if (!(error instanceof DatabaseFailure)) return error;
  const entity =
    entities.find(({ context, name }) => context === error.schema && snakeCase(name) === error.table) ?? ownerOf(error, entities);
  switch (error.sqlState) {
    case "23505":
      return new ProblemError("conflict", 409, {
        detail: `${entity?.name ?? "A row"} with this ${fieldsOf(error, entity)} exists already.`,
        cause: error,
      });
    case "23503":
      return new ProblemError("conflict", 409, {
        detail: `${entity?.name ?? "A row"} refers to a row that does not exist, or is still referred to.`,
        cause: error,
      });
    case "23514":
      return new ProblemError("invariant-broken", 422, { detail: brokenRule(error, entity), cause: error });
    case "23502":
      return new ProblemError("invariant-broken", 422, {
        detail: `${entity?.name ?? "A row"} needs a value for ${error.column ?? "every required field"}.`,
        cause: error,
      });
    case "22003":
      return new ProblemError("invariant-broken", 422, { detail: "A number is larger than its field can hold.", cause: error });
    default:
      return error;
  }
}

/** A handler that reached past what it declared: PostgreSQL refused, and the author has to hear it. */
export function isUndeclaredEffect(error: unknown): error is DatabaseFailure {
  return error instanceof DatabaseFailure && error.sqlState === "42501";
}

export function undeclaredEffect(operation: Operation, error: DatabaseFailure): Error {
  const sentence = `${operation.id} touched something that it does not declare: ${error.message}. Add it to reads or writes.`;
  return new Error(sentence, { cause: error });
}

const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

// Owned rows live in tables that begin with the name of their entity.
function ownerOf(error: DatabaseFailure, entities: readonly Entity[]): Entity | undefined {
  return entities.find(({ context, name }) => context === error.schema && error.table?.startsWith(`${snakeCase(name)}_`));
}

function fieldsOf(error: DatabaseFailure, entity: Entity | undefined): string {
  const columns = /\(([^)]*)\)=/.exec(error.detail ?? "")?.[1]?.split(", ") ?? [];
  const names = columns.map((column) => entity?.fields.find(({ name }) => snakeCase(name) === column.replaceAll('"', ""))?.name ?? column);
  return names.join(" and ") || "value";
}

function brokenRule(error: DatabaseFailure, entity: Entity | undefined): string {
  const invariant = entity?.invariants.find(
    ({ statement }) => error.constraint !== undefined && statement.startsWith(error.constraint.slice(0, 50)),
  );
  return invariant
    ? `This would break a rule of ${entity?.name ?? "the data"}: ${invariant.statement}.`
    : `A value is outside what ${entity?.name ?? "its field"} allows (${error.constraint ?? "check"}).`;
}
