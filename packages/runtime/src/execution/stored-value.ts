import { fromJson, money, decimal, msToDuration, type Field, type FieldType } from "@archwright/model";
import type { Secrets } from "./secrets.ts";

type Currency = Parameters<typeof money>[1];

/** A column's value, as the driver reads it, in its in-memory form. */
export function fromColumn(field: Field, value: unknown, secrets: Secrets): unknown {
  if (value === null || value === undefined) return null;
  switch (field.kind) {
    case "int":
      return Number(value);
    case "money":
      return money(BigInt(value as bigint), field.currency as Currency); // The driver reads bigint columns so; the model knows currencies of the language only.
    case "decimal":
      return decimal(value as string); // The driver reads numeric columns so; a sealed secret is text.
    case "duration":
      return msToDuration(Number(value));
    case "json":
      return fromJson(field, value);
    case "secret":
      return secrets.open(value as string);
    default:
      return value;
  }
}

/** The same for a cell of an owned row, which comes inside JSON: numbers and times as text, so that none loses a digit. */
export function fromCell(field: Field, cell: unknown, secrets: Secrets): unknown {
  if (cell === null || cell === undefined) return null;
  if (field.kind === "time") return new Date(cell as string); // As PostgreSQL writes times into JSON.
  if (field.kind === "list") return fromJson(field, cell);
  return fromColumn(field, cell, secrets);
}

/** Whether a cell has to travel as text inside JSON. */
export const travelsAsText = ({ kind }: FieldType): boolean =>
  kind === "int" || kind === "money" || kind === "decimal" || kind === "duration";
