import type { Entity, Expression, Model, Operation } from "@archwright/model";

/** Whether somebody may do a thing, read off the model's own words and off nothing that the runtime is made of. */
export type Verdict = "served" | "unauthenticated" | "forbidden" | "not-found";

export interface Somebody {
  /** Undefined for whoever is not signed in. */
  readonly role: string | undefined;
  readonly id: string | undefined;
}

/** A row that a request names, or the lack of one. */
export interface Target {
  readonly entity: string;
  /** What is in the row, as far as access rules ask; undefined for an id that nobody has. */
  readonly row: Readonly<Record<string, string>> | undefined;
}

export interface Asked {
  /** One of the five things that access rules speak of, or the id of an operation. */
  readonly action: "list" | "read" | "create" | "update" | "delete" | { readonly operation: string };
  readonly entity?: string;
  readonly target?: Target;
}

export function expectedAccess(model: Model, somebody: Somebody, asked: Asked): Verdict {
  const { action, target } = asked;
  const roles =
    typeof action === "string" ? entityRoles(entityOf(model, asked.entity), action) : operationRoles(operationOf(model, action.operation));
  if (roles !== "anyone" && (somebody.role === undefined || !roles.includes(somebody.role)))
    return somebody.role === undefined ? "unauthenticated" : "forbidden";
  if (!target) return "served";
  if (!target.row) return "not-found";
  const entity = entityOf(model, target.entity);
  const isOwnRoute = typeof action === "string";
  return maySee(entity, somebody, target.row, isOwnRoute ? [action] : ["read", "list"], isOwnRoute) ? "served" : "not-found";
}

/** A rule is for a role and for rows. In an operation an entity whose rules do not name the role is not closed to it: there the operation is the grant. */
function maySee(
  entity: Entity,
  somebody: Somebody,
  row: Readonly<Record<string, string>>,
  actions: readonly string[],
  isOwnRoute: boolean,
): boolean {
  const ofRole = entity.access.filter(({ role }) => role === somebody.role);
  if (ofRole.length === 0) return !isOwnRoute;
  return ofRole.some(({ can, where }) => can.some((one) => actions.includes(one)) && (where === undefined || isTrue(where, row, somebody)));
}

/** The one sentence that rules of these models are made of: a field of the row is the id of who asks. */
function isTrue(where: Expression, row: Readonly<Record<string, string>>, somebody: Somebody): boolean {
  if (where.kind !== "compare" || where.op !== "eq") throw new Error(`A rule says more than this knows: ${JSON.stringify(where)}`);
  return valueOf(where.left, row, somebody) === valueOf(where.right, row, somebody);
}

function valueOf(side: Expression, row: Readonly<Record<string, string>>, { id }: Somebody): string | undefined {
  if (side.kind !== "field" || side.of.kind !== "variable") throw new Error(`A rule says more than this knows: ${JSON.stringify(side)}`);
  if (side.of.name === "me" && side.name === "id") return id;
  if (side.of.name === "row" && side.name in row) return row[side.name];
  throw new Error(`A rule asks for ${side.of.name}.${side.name}, of which nothing is known here.`);
}

const entityRoles = ({ access }: Entity, action: string): readonly string[] | "anyone" => {
  const roles = access.filter(({ can }) => can.some((one) => one === action)).map(({ role }) => role);
  return roles.includes("anyone") ? "anyone" : roles;
};

const operationRoles = ({ allow }: Operation): readonly string[] | "anyone" =>
  allow.kind === "roles" ? allow.roles : allow.kind === "anyone" ? "anyone" : [];

function entityOf(model: Model, id: string | undefined): Entity {
  const found = model.entities.find((entity) => entity.id === id);
  if (!found) throw new Error(`The model has no entity ${id}.`);
  return found;
}

function operationOf(model: Model, id: string): Operation {
  const found = model.operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`The model has no operation ${id}.`);
  return found;
}
