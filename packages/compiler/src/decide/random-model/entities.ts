import type { AccessRule, Entity, Expression, Field, Role } from "@archwright/model";
import type { Chance } from "./chance.ts";
import { literal, randomFields, typeOfField } from "./fields.ts";

/** The first context has the people; the others have what they work on. */
export function randomEntities(chance: Chance, contexts: readonly string[], roles: readonly Role[]): readonly Entity[] {
  const made: Entity[] = [];
  const [first = "identity"] = contexts;
  if (roles.length > 0) made.push(person(chance, first));
  const hasTenants = chance.holds(0.3);
  if (hasTenants) made.push(entity(chance, first, "Company", [], roles, []));
  for (const context of contexts)
    for (const name of chance.times(0, 4, (index) => `${chance.one(nouns)}${index}`))
      made.push(
        entity(
          chance,
          context,
          name,
          made.map(({ id }) => id),
          roles,
          hasTenants && chance.holds(0.7) ? [{ kind: "ref", name: "company", entity: `${first}.Company` }] : [],
        ),
      );
  return made;
}

const nouns: readonly [string, ...string[]] = ["Order", "Item", "Visit", "Reading", "Invoice", "Patient", "Post", "Message"];

function person(chance: Chance, context: string): Entity {
  return {
    ...entity(chance, context, "Person", [], [], []),
    fields: [
      { kind: "id", name: "id", prefix: "per" },
      { kind: "email", name: "email", unique: true, personal: { basis: "contract", keepMs: 7_776_000_000 } },
      ...randomFields(chance, [], "fact", chance.whole(0, 3)),
    ],
  };
}

function entity(
  chance: Chance,
  context: string,
  name: string,
  others: readonly string[],
  roles: readonly Role[],
  tenant: readonly Field[],
): Entity {
  const id = `${context}.${name}`;
  const states: readonly Field[] = chance.holds(0.4)
    ? [{ kind: "state", name: "status", initial: "open", moves: { open: ["closed"], closed: [] } }]
    : [];
  const fields: readonly Field[] = [
    { kind: "id", name: "id", prefix: name.toLowerCase().slice(0, 3) },
    ...tenant,
    ...states,
    ...randomFields(chance, others, "fact", chance.whole(0, 8)),
  ];
  const plain = fields.filter(({ kind }) => kind === "int" || kind === "bool" || kind === "date" || kind === "time");
  return {
    id,
    context,
    name,
    fields,
    access: roles.flatMap((role) => accessRules(chance, role, id, fields)),
    invariants: fields.flatMap((field) =>
      field.kind === "bool" && chance.holds(0.3) ? [{ statement: `${field.name} is ${field.name}`, holds: fieldOf("row", id, field) }] : [],
    ),
    ...(tenant.length > 0 && { tenant: "company" }),
    indexes: plain.length > 1 && chance.holds(0.3) ? [plain.slice(0, 2).map((field) => field.name)] : [],
    ...(chance.holds(0.6) && { expected: expected(chance, name) }),
    accept: {},
  };
}

function expected(chance: Chance, name: string): NonNullable<Entity["expected"]> {
  return {
    rows: chance.quantity(chance.scale(1, 1e9), `How many of ${name} are there?`),
    ...(chance.holds(0.5) && { growthPerSecond: chance.quantity(chance.scale(1e-5, 1_000), `How many of ${name} come in?`) }),
    ...(chance.holds(0.3) && { most: chance.quantity(chance.scale(1, 1e6), `How many of ${name} has whoever has most?`) }),
  };
}

function accessRules(chance: Chance, role: Role, entity: string, fields: readonly Field[]): readonly AccessRule[] {
  if (chance.holds(0.4)) return [];
  const owner = fields.find((field) => field.kind === "ref" && field.entity === role.actor);
  const can = chance.some(["read", "list", "create", "update", "delete"] as const, 0.5);
  if (can.length === 0) return [];
  return [{ role: role.name, can, ...(owner && { where: isMine(entity, owner) }) }];
}

const isMine = (entity: string, owner: Field): Expression => ({
  kind: "compare",
  op: "eq",
  left: fieldOf("row", entity, owner),
  right: {
    kind: "field",
    of: { kind: "variable", name: "me", type: { kind: "record", fields: [] } },
    name: "id",
    type: typeOfField(owner),
  },
});

/** A field of a row that a variable holds. */
export function fieldOf(variable: string, entity: string, field: Field): Expression {
  return {
    kind: "field",
    of: { kind: "variable", name: variable, type: { kind: "row", entity } },
    name: field.name,
    type: typeOfField(field),
  };
}

/** What a new row, or a changed one, is given. */
export const valuesOf = (fields: readonly Field[]): { readonly [field: string]: Expression } =>
  Object.fromEntries(fields.filter(({ kind }) => kind !== "id" && kind !== "state").map((field) => [field.name, literal(field)]));
