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
    case "42501":
      return isRowSecurity(error) ? outOfReach(error, entity) : error;
    case "22003":
      return new ProblemError("invariant-broken", 422, { detail: `A number is larger than ${entity.name} can hold.`, cause: error });
    default:
      return error;
  }
}

/** A handler that reached past what it declared: PostgreSQL refused, and the author has to hear it. */
export function isUndeclaredEffect(error: unknown): error is DatabaseFailure {
  return error instanceof DatabaseFailure && error.sqlState === "42501" && !isRowSecurity(error);
}

// Both are 42501, and the message speaks the server's language: the routine that raised it tells a row from a grant.
function isRowSecurity({ cause }: DatabaseFailure): boolean {
  return typeof cause === "object" && cause !== null && "routine" in cause && cause.routine === "ExecWithCheckOptions";
}

/** Items can only be refused because the row that owns them is out of sight; a row of one's own, because no rule allows what it would become. */
function outOfReach(error: DatabaseFailure, { id, name }: Entity): ProblemError {
  if (!isTable(error, tableName(id)))
    return new ProblemError("not-found", 404, { detail: `There is no such ${name} for you.`, cause: error });
  return new ProblemError("forbidden", 403, { detail: `The access rules of ${name} do not allow a row like this.`, cause: error });
}

export function undeclaredEffect(operation: Operation, error: DatabaseFailure): Error {
  const sentence = `${operation.id} touched something that it does not declare: ${error.message}. Add it to reads or writes.`;
  return new Error(sentence, { cause: error });
}

function isTable(error: DatabaseFailure, [schema, table]: readonly [string, string]): boolean {
  // Row security does not say which table it speaks of; the statement does.
  return error.table === undefined
    ? error.statement?.includes(` "${schema}"."${table}" `) === true
    : error.schema === schema && error.table === table;
}

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
