/** A JavaScript value as PostgreSQL takes it: text, bytes, or null. */
export type Parameter = string | Buffer | null;

/**
 * Turns a value into the text form that PostgreSQL parses. An array becomes an array literal and any other object becomes JSON,
 * so a JSON array for a `jsonb` column has to be given as `JSON.stringify(array)`.
 */
export function toParameter(value: unknown): Parameter {
  switch (typeof value) {
    case "string":
      return value;
    case "undefined":
      return null;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? null : objectParameter(value);
    default:
      throw new TypeError(
        `A ${typeof value} cannot be a parameter of a statement: give text, a number, a date, bytes, an array or an object.`,
      );
  }
}

function objectParameter(value: object): Parameter {
  if (ArrayBuffer.isView(value)) {
    return bytesOf(value);
  }
  if (value instanceof Date) {
    return dateText(value);
  }
  return Array.isArray(value) ? arrayLiteral(value) : JSON.stringify(value);
}

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.isBuffer(view) ? view : Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) {
    throw new TypeError("An invalid Date cannot be a parameter of a statement: check the value that it was made from.");
  }
  const year = date.getUTCFullYear();
  const rest = date.toISOString().replace(/^[+-]?\d+/, "");
  // PostgreSQL has no year 0 and no signed years, and ISO writes years past 9999 with six digits and a sign.
  return year > 0 ? `${String(year).padStart(4, "0")}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} BC`;
}

function arrayLiteral(items: readonly unknown[]): string {
  return `{${items.map(arrayElement).join(",")}}`;
}

function arrayElement(item: unknown): string {
  if (Array.isArray(item)) {
    return arrayLiteral(item);
  }
  const parameter = toParameter(item);
  if (parameter === null) {
    return "NULL";
  }
  return typeof parameter === "string" ? `"${parameter.replace(/["\\]/g, "\\$&")}"` : `"\\\\x${parameter.toString("hex")}"`;
}
