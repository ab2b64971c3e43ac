import type { ValueType } from "../expressions/expression.ts";
import type { Field } from "../model/field.ts";
import type { Decimal, Money } from "../language/values.ts";
import { toJson } from "../recording/to-json.ts";
import { fromJson } from "../values/codec.ts";
import { durationToMs } from "../values/duration.ts";
import { literal, raw, sql, type Sql } from "./sql.ts";
import type { JsonValue } from "../model/json.ts";

/** The type of a field's column, with its precision and the order of its text. */
export function columnType(field: Field): Sql {
  switch (field.kind) {
    // Ids sort by their bytes, whatever the language of the database.
    case "id":
    case "ref":
    case "file":
      return raw('text collate "C"');
    case "decimal":
      return raw(`numeric(${field.digits}, ${field.places})`);
    // A Date of JavaScript has milliseconds, and what is stored is what was compared.
    case "time":
      return raw("timestamptz(3)");
    default:
      return sqlType(field);
  }
}

/** The bare type of a value, for casts. */
export function sqlType({ kind }: ValueType): Sql {
  return raw(sqlTypes[kind] ?? "text");
}

const sqlTypes: { readonly [kind in ValueType["kind"]]?: string } = {
  int: "bigint",
  money: "bigint",
  duration: "bigint",
  decimal: "numeric",
  bool: "boolean",
  time: "timestamptz",
  date: "date",
  json: "jsonb",
  list: "jsonb",
  record: "jsonb",
  page: "jsonb",
};

/** The form in which a value of memory is stored and compared: money in minor units, a duration in milliseconds, records as JSON text. */
export function storedValue({ kind }: ValueType, value: unknown): string | number | bigint | boolean | null {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case "money":
      return (value as Money).amount; // A value of this type, as its codec makes it; the same for each case below.
    case "decimal":
      return (value as Decimal).digits;
    case "time":
      return (value as Date).toISOString();
    case "duration":
      return durationToMs(value as string);
    case "json":
    case "list":
    case "record":
    case "page":
      return JSON.stringify(toJson(value));
    default:
      return value as string | number | boolean;
  }
}

/** A value in its JSON form, as a constant of a script. */
export function constant(type: ValueType, json: JsonValue): Sql {
  if (json === null) return raw("null");
  switch (type.kind) {
    case "money":
      return literal((json as { readonly amount: number }).amount); // The JSON form of this type; the same for each case below.
    case "decimal":
      return decimalLiteral(`${json as string | number}`); // A factor may be written as a number.
    case "duration":
      return literal(durationToMs(json as string));
    case "time":
      return sql`timestamptz ${literal(json as string)}`;
    case "date":
      return sql`date ${literal(json as string)}`;
    // As a row keeps it: what was left out is null.
    case "json":
    case "list":
      return sql`${literal(storedValue(type, fromJson(type, json)))}::jsonb`;
    case "record":
    case "page":
      return sql`${literal(JSON.stringify(json))}::jsonb`;
    default:
      return literal(json as string | number | boolean);
  }
}

function decimalLiteral(digits: string): Sql {
  if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new RangeError(`A decimal looks like "12.50", not "${digits}".`);
  return raw(digits.startsWith("-") ? `(${digits})` : digits);
}
