import { checkName, invariantName, listTableName, tableName, uniqueName, type Entity, type Field, type Operation } from "@archwright/model";
import { DatabaseFailure } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";

/** What PostgreSQL refused, in the words of the model. Anything that is no caller's doing stays what it is, and ends as an internal error. */
export function problemOf(error: unknown, entities: readonly Entity[]): unknown {
  if (!(error instanceof DatabaseFailure)) return error;
  const entity = entities.find(
    ({ id, fields }) => isTable(error, tableName(id)) || fields.some(({ name }) => isTable(error, listTableName(id, name))),
  );
  if (!entity) return error;
  switch (error.sqlState) {
    case "23505":
      return new ProblemError("conflict", 409, {
        detail: `${entity.name} with this ${uniqueField(error, entity) ?? "value"} exists already.`,
        cause: error,
      });
    case "23503":
      return new ProblemError("conflict", 409, {
        detail: `${entity.name} refers to a row that does not exist, or is still referred to.`,
        cause: error,
      });
    case "23514":
      return new ProblemError("invariant-broken", 422, { detail: brokenRule(error, entity), cause: error });
    case "23502":
      return new ProblemError("invariant-broken", 422, {
        detail: `${entity.name} needs a value for ${error.column ?? "each of its fields"}.`,
        cause: error,
      });
    case "22003":
      return new ProblemError("invariant-broken", 422, { detail: `A number is larger than ${entity.name} can hold.`, cause: error });
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

const isTable = ({ schema, table }: DatabaseFailure, [schemaName, name]: readonly [string, string]): boolean =>
  schema === schemaName && table === name;

// The names of constraints, not the detail of the error: PostgreSQL keeps that from roles that may not see the row.
function uniqueField({ table = "", constraint }: DatabaseFailure, { fields }: Entity): string | undefined {
  return fields.find(({ name }) => uniqueName(table, name) === constraint)?.name;
}

function brokenRule({ constraint }: DatabaseFailure, { name: entity, fields, invariants }: Entity): string {
  const invariant = invariants.find(({ statement }) => invariantName(statement) === constraint);
  if (invariant) return `This would break a rule of ${entity}: ${invariant.statement}.`;
  const field = fields.find(({ name }) => checks.some((check) => checkName(name, check) === constraint));
  return field ? `${field.name} of ${entity} ${boundsInWords(field)}.` : `A value is outside what ${entity} allows.`;
}

const checks = ["min", "max", "pattern", "values", "moves"] as const;

function boundsInWords({ min, max, pattern }: Field): string {
  const bounds = [
    min !== undefined && `at least ${min}`,
    max !== undefined && `at most ${max}`,
    pattern !== undefined && `like ${pattern}`,
  ].filter(Boolean);
  return bounds.length > 0 ? `is ${bounds.join(" and ")}` : "cannot have this value";
}
