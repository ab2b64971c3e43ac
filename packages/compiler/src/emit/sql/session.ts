import { literal, operatorToSql, raw, sql, type Expression, type Place, type Sql } from "@archwright/model";

/** A place in the schema: what an expression has besides the row comes from the session. */
export function sessionPlace(column: Place["column"], overList?: Place["overList"]): Place {
  const place: Place = { column, outside: (expression) => fromSession(expression, place), ...(overList && { overList }) };
  return place;
}

export const sessionRole: Sql = raw("archwright.role()");

function fromSession(expression: Expression, place: Place): Sql {
  if (expression.kind === "hasRole") return sql`${sessionRole} = ${literal(expression.role)}`;
  if (expression.kind === "variable" && expression.name === "now") return raw("now()");
  if (expression.kind === "field" && expression.of.kind === "variable" && expression.of.name === "me" && expression.name === "id")
    return raw("archwright.actor()");
  if (expression.kind === "variable" || expression.kind === "field")
    throw new TypeError(`The database knows the row, the caller and the time; "${expression.name}" is none of them.`);
  return operatorToSql(expression, place);
}
