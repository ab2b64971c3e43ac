import { compareDecimals } from "../language/money.ts";
import type { Field } from "../model/field.ts";
import { durationToMs, msToDuration } from "./duration.ts";

/** Where in a document something is wrong (a JSON pointer), and what should be there. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** The bounds that JSON Schema cannot state: those of decimals, dates and durations, which are text on the wire. The JSON has passed its schema. */
export function outOfBounds(fields: readonly Field[], json: unknown, pointer = ""): readonly Fault[] {
  const record = (typeof json === "object" ? json : undefined) as Readonly<Record<string, unknown>> | null | undefined; // An array has no field of a record.
  return fields.flatMap((field) => {
    const value = record?.[field.name];
    return value === null || value === undefined ? [] : faultsOf(field, value, `${pointer}/${escaped(field.name)}`);
  });
}

function faultsOf(field: Field, value: unknown, pointer: string): readonly Fault[] {
  if (field.kind === "json") return outOfBounds(field.fields, value, pointer);
  if (field.kind === "list")
    return Array.isArray(value) ? value.flatMap((item, index) => outOfBounds(field.fields, item, `${pointer}/${index}`)) : [];
  const compare = comparisons[field.kind];
  if (!compare) return [];
  const { min, max } = field;
  return [
    ...(min !== undefined && compare(String(value), min) < 0 ? [{ pointer, detail: `must be at least ${boundText(field, min)}` }] : []),
    ...(max !== undefined && compare(String(value), max) > 0 ? [{ pointer, detail: `must be at most ${boundText(field, max)}` }] : []),
  ];
}

const comparisons: { readonly [kind in Field["kind"]]?: (value: string, bound: number | string) => number } = {
  decimal: (value, bound) => compareDecimals(value, String(bound)),
  date: (value, bound) => (value < String(bound) ? -1 : value > String(bound) ? 1 : 0),
  duration: (value, bound) => durationToMs(value) - Number(bound),
};

const boundText = ({ kind }: Field, bound: number | string): string => (kind === "duration" ? msToDuration(Number(bound)) : String(bound));
const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
