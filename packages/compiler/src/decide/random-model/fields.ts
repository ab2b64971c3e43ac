import type { Expression, Field, FieldKind, FieldType, JsonValue, ValueType } from "@archwright/model";
import type { Chance } from "./chance.ts";

/** Fields of every kind that the language knows. */
export function randomFields(chance: Chance, entities: readonly string[], prefix: string, count: number): readonly Field[] {
  return Array.from({ length: count }, (_, index) => randomField(chance, `${prefix}${index}`, entities, 0));
}

const plainKinds: readonly [FieldKind, ...FieldKind[]] = [
  "text",
  "int",
  "bool",
  "time",
  "date",
  "duration",
  "email",
  "url",
  "phone",
  "secret",
  "decimal",
  "money",
  "oneOf",
  "ref",
  "json",
  "list",
  "file",
];

function randomField(chance: Chance, name: string, entities: readonly string[], depth: number): Field {
  const kind = chance.one(plainKinds);
  const type = typeOf(chance, kind, entities, depth);
  return {
    ...type,
    name: chance.holds(0.1) ? `${chance.one(tellingNames)}Of${name.charAt(0).toUpperCase()}${name.slice(1)}` : name,
    ...(chance.holds(0.2) && { optional: true as const }),
    ...(type.kind === "text" && chance.holds(0.7) && { max: chance.whole(1, 5_000) }),
    ...(type.kind === "text" && depth === 0 && chance.holds(0.2) && { search: true as const }),
    ...(type.kind === "list" && chance.holds(0.7) && { max: chance.whole(1, 100) }),
    ...(type.kind === "time" && chance.holds(0.3) && { now: true as const }),
    ...(depth === 0 && chance.holds(0.1) && { index: true as const }),
    ...(depth === 0 && ["text", "email", "int"].includes(type.kind) && chance.holds(0.1) && { unique: true as const }),
    ...(chance.holds(0.15) && {
      personal: {
        basis: chance.one(["contract", "consent", "legal", "legitimate-interest"]),
        keepMs: chance.whole(1, 3_650) * 86_400_000,
      },
    }),
  };
}

/** Rules look at the words of names too. */
const tellingNames: readonly [string, ...string[]] = ["diagnosis", "name", "medication", "address", "amount", "token", "birthDate"];

function typeOf(chance: Chance, kind: FieldKind, entities: readonly string[], depth: number): FieldType {
  const inner = (): readonly Field[] => chance.times(1, 3, (index) => randomField(chance, `inner${index}`, entities, depth + 1));
  const entity = chance.any(entities);
  switch (kind) {
    case "decimal":
      return { kind, digits: chance.whole(3, 12), places: chance.whole(0, 3) };
    case "money":
      return { kind, currency: chance.one(["EUR", "USD"]) };
    case "oneOf":
      return { kind, values: ["red", "green", "blue"] };
    case "json":
    case "list":
      return depth > 1 ? { kind: "int" } : { kind, fields: inner() };
    case "file":
      return depth > 0 ? { kind: "url" } : { kind, maxBytes: chance.whole(1, 50) * 1_000_000, types: ["image/png"] };
    case "ref":
      return entity === undefined ? { kind: "text" } : { kind, entity };
    case "id":
    case "state":
    case "page":
      return { kind: "text" };
    default:
      return { kind };
  }
}

/** A field's type without what the field says besides. */
export function typeOfField(field: Field): ValueType {
  switch (field.kind) {
    case "id":
      return { kind: "id", prefix: field.prefix };
    case "decimal":
      return { kind: "decimal", digits: field.digits, places: field.places };
    case "money":
      return { kind: "money", currency: field.currency };
    case "oneOf":
      return { kind: "oneOf", values: field.values };
    case "state":
      return { kind: "state", initial: field.initial, moves: field.moves };
    case "json":
    case "list":
      return { kind: field.kind, fields: field.fields };
    case "ref":
    case "page":
      return { kind: field.kind, entity: field.entity };
    case "file":
      return { kind: "file", maxBytes: field.maxBytes, types: field.types };
    default:
      return { kind: field.kind };
  }
}

/** A value that is written down. */
export function literal(field: Field): Expression {
  return { kind: "literal", type: typeOfField(field), value: sampleValue(field) };
}

function sampleValue({ kind }: Field): JsonValue {
  switch (kind) {
    case "int":
      return 1;
    case "bool":
      return true;
    case "money":
      return { amount: 100, currency: "EUR" };
    case "list":
      return [];
    case "json":
      return {};
    default:
      return "sample";
  }
}
