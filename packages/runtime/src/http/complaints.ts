import type { Field, Lookup } from "@archwright/model";
import type { ErrorObject } from "ajv/dist/2020.js";
import type { InvalidField } from "../problem.ts";
import { expected } from "./expected.ts";

/** What a schema found wrong, in words: each place once, with what should be there. */
export function complaintsOf(errors: readonly ErrorObject[], fields: readonly Field[], lookup: Lookup): readonly InvalidField[] {
  const byPath = new Map<string, InvalidField>();
  for (const error of errors) {
    const complaint = complaintOf(error, fields, lookup);
    if (!byPath.has(complaint.path) && byPath.size < complaintsMax) byPath.set(complaint.path, complaint);
  }
  return [...byPath.values()];
}

/** More than this is an attack or a mistake that the first ones tell of. */
export const complaintsMax = 50;

/** A name that the sender made up, and may have made as long as the whole body. */
export const shownName = (name: string): string => (name.length <= shownMax ? name : `${name.slice(0, shownMax)}…`);

const shownMax = 100;

function complaintOf({ keyword, instancePath, params }: ErrorObject, fields: readonly Field[], lookup: Lookup): InvalidField {
  const steps = instancePath.split("/").slice(1).map(unescaped);
  const place = placeOf(steps, fields);
  switch (keyword) {
    case "required":
      return missing([...steps, String(params["missingProperty"])], fields, lookup);
    case "additionalProperties":
      return unknown([...steps, shownName(String(params["additionalProperty"]))], place.known);
    case "minProperties":
      return { path: steps.join("."), message: `must name at least one of ${place.known.join(", ")}` };
    default:
      return { path: steps.join("."), message: `must be ${place.field ? expected(place.field, lookup) : "an object"}` };
  }
}

function missing(steps: readonly string[], fields: readonly Field[], lookup: Lookup): InvalidField {
  const { field } = placeOf(steps, fields);
  return { path: steps.join("."), message: field ? `is missing: it must be ${expected(field, lookup)}` : "is missing" };
}

function unknown(steps: readonly string[], known: readonly string[]): InvalidField {
  return {
    path: steps.join("."),
    message:
      known.length === 0
        ? "is not known: nothing is taken here"
        : `is not known: only ${known.join(", ")} ${known.length === 1 ? "is" : "are"}`,
  };
}

interface Place {
  /** The field that the path leads to or into: money's amount is still the money. */
  readonly field: Field | undefined;
  /** The fields of the record that the path leads to. */
  readonly known: readonly string[];
}

function placeOf(steps: readonly string[], fields: readonly Field[]): Place {
  const [name, ...rest] = steps;
  if (name === undefined) return { field: undefined, known: fields.map((field) => field.name) };
  const field = fields.find((candidate) => candidate.name === name);
  if (field?.kind === "json") return inside(field, placeOf(rest, field.fields));
  if (field?.kind === "list" && rest.length > 0)
    return inside({ kind: "json", name, fields: field.fields }, placeOf(rest.slice(1), field.fields));
  return { field, known: field?.kind === "money" ? ["amount", "currency"] : [] };
}

const inside = (record: Field, { field, known }: Place): Place => ({ field: field ?? record, known });

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
