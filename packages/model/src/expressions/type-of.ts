import type { Field, FieldType } from "../model/field.ts";
import type { Expression, ValueType } from "./expression.ts";

/** What an expression is worth. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "field":
    case "arithmetic":
    case "sum":
      return expression.type;
    case "date":
      return { kind: "date" };
    case "count":
      return { kind: "int" };
    case "record":
      return { kind: "record", fields: Object.entries(expression.fields).map(([name, value]) => namedField(name, typeOf(value))) };
    default:
      return { kind: "bool" };
  }
}

/** A value's type as a field of a record: a row is then the id that names it, since a record holds no rows of others. */
function namedField(name: string, type: ValueType): Field {
  if (type.kind === "row") return { kind: "ref", entity: type.entity, name };
  if (type.kind === "record") return { kind: "json", fields: type.fields, name };
  return type.kind === "unknown" ? { kind: "text", name } : { ...fieldType(type), name };
}

const fieldType = (type: FieldType): FieldType => type;
