import type { Field, FieldFacts, FieldType } from "../model/field.ts";
import { ModelError } from "./model-error.ts";
import { here, originOf, type Place } from "./origin.ts";
import { itemId } from "./item-id.ts";
import { durationMs, sizeBytes } from "./units.ts";
import { toJson } from "./to-json.ts";
import type { Origin } from "../model/model.ts";

/** What `t.text()` and its like record: the type as written, the facts said so far, and the place. */
interface FieldRecord {
  readonly type: RecordedType;
  readonly facts: Omit<FieldFacts, "name">;
  readonly place: Place;
}

type FieldMap = { readonly [name: string]: unknown };
type RecordedType = { readonly kind: string; readonly fields?: FieldMap; readonly to?: unknown; readonly [fact: string]: unknown };

const record: unique symbol = Symbol("field");

/** Answers `never` because the language gives every field a type of its own, which only it can state. */
export function newField(type: RecordedType): never {
  return fieldOf({ type, facts: {}, place: here() });
}

/** The fields of a record in the form of the model, and where each was written. */
export function fieldsOf(fields: FieldMap, path: string, origins: Map<string, Origin>): readonly Field[] {
  return Object.entries(fields).map(([name, field]) => fieldNamed(name, field, `${path}.${name}`, origins));
}

export function isField(value: unknown): boolean {
  return typeof value === "object" && value !== null && record in value;
}

function fieldNamed(name: string, field: unknown, path: string, origins: Map<string, Origin>): Field {
  const said = recordOf(field, path);
  const origin = originOf(said.place);
  if (origin) origins.set(path, origin);
  const { kind, fields, to, ...rest } = said.type;
  const type = {
    kind,
    ...(kind === "file" ? { maxBytes: sizeBytes(String(rest["max"]), said.place), types: rest["types"] } : rest),
    ...(fields && { fields: fieldsOf(fields, path, origins) }),
    ...(to !== undefined && { entity: itemId(to) }),
  } as FieldType; // The constructors in language/fields.ts build exactly these shapes.
  return { ...type, name, ...said.facts };
}

function recordOf(field: unknown, path: string): FieldRecord {
  if (isField(field)) return (field as { [record]: FieldRecord })[record]; // isField has just looked.
  throw new ModelError(
    {
      code: "model/field",
      message: `${path} is ${describe(field)}, not a field.`,
      why: "Only a field tells the database, the contract and the checks what to expect.",
      fix: "Write a field: t.text(), t.int(), t.ref(User), …",
    },
    [here()],
  );
}

const describe = (value: unknown): string =>
  value === null ? "null" : typeof value === "object" ? "an object" : `${typeof value} ${JSON.stringify(value)}`;

function fieldOf(said: FieldRecord): never {
  const field = Object.create(modifiers) as { kind: string; [record]: FieldRecord }; // The modifiers find what was said under this key.
  field.kind = said.type.kind;
  field[record] = said;
  return field as never; // See newField.
}

type Facts = Omit<FieldFacts, "name">;
function modified(field: unknown, facts: Facts): never {
  const said = recordOf(field, "This field");
  return fieldOf({ ...said, facts: { ...said.facts, ...facts } });
}

/** A bound in the field's own unit: a duration is counted in milliseconds. */
function bound(field: unknown, value: number | string): number | string {
  const said = recordOf(field, "This field");
  return said.type.kind === "duration" ? durationMs(String(value), said.place) : value;
}

const modifiers = {
  optional(): never {
    return modified(this, { optional: true });
  },
  default(value: unknown): never {
    return modified(this, { default: toJson(value) });
  },
  unique(): never {
    return modified(this, { unique: true });
  },
  index(): never {
    return modified(this, { index: true });
  },
  search(): never {
    return modified(this, { search: true });
  },
  readonly(): never {
    return modified(this, { readonly: true });
  },
  now(): never {
    return modified(this, { now: true });
  },
  min(low: number | string): never {
    return modified(this, { min: bound(this, low) });
  },
  max(high: number | string): never {
    return modified(this, { max: bound(this, high) });
  },
  pattern(shape: RegExp): never {
    return modified(this, { pattern: shape.source });
  },
  pii(basis: NonNullable<FieldFacts["personal"]>["basis"], keep: string): never {
    return modified(this, { personal: { basis, keepMs: durationMs(keep) } });
  },
  since(version: string): never {
    return modified(this, { since: version });
  },
  deprecated(because: string): never {
    return modified(this, { deprecated: because });
  },
  renamedFrom(name: string): never {
    return modified(this, { renamedFrom: name });
  },
};
