import { partsOf, readRule, type Entity, type Expression, type Field, type FieldOf, type Step } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { groupsOf } from "../../facts/groups.ts";
import type { Selection } from "../../facts/selections.ts";

/** What happens to the rows of an entity, as far as the model says it as data. */
export interface RowUse {
  readonly steps: readonly RowStep[];
  readonly selections: readonly Selection[];
  /** The fields of other entities that name a row of it, and of itself. */
  readonly referrers: readonly Referrer[];
  /** Whether outsiders see only rows of their own: the rows of one are no concern of the next. */
  readonly isPrivate: boolean;
  /** Whether somebody lists all of its rows, not only those of his own. */
  readonly isListedWhole: boolean;
}

export interface RowStep {
  /** The operation or the job whose body it stands in. */
  readonly item: string;
  readonly step: Extract<Step, { readonly entity: string }>;
}

export interface Referrer {
  readonly entity: Entity;
  readonly field: FieldOf<"ref">;
}

const known = new WeakMap<Facts, (entity: Entity) => RowUse>();

/** One pass over the model serves all the decisions about it. */
export function rowUseOf(facts: Facts): (entity: Entity) => RowUse {
  const made = known.get(facts) ?? newRowUseOf(facts);
  known.set(facts, made);
  return made;
}

function newRowUseOf({ model, bodies, selections }: Facts): (entity: Entity) => RowUse {
  const steps = groupsOf(
    bodies.flatMap(({ item, steps: all }) => all.flatMap((step): readonly RowStep[] => ("entity" in step ? [{ item, step }] : []))),
    ({ step }) => step.entity,
  );
  const selecting = groupsOf(selections, ({ entity }) => entity);
  const referring = groupsOf(
    model.entities.flatMap((entity) => entity.fields.flatMap((field) => (field.kind === "ref" ? [{ entity, field }] : []))),
    ({ field }) => field.entity,
  );
  const outsiders = outsidersOf(model.roles);
  return (entity) => ({
    steps: steps.get(entity.id) ?? [],
    selections: selecting.get(entity.id) ?? [],
    referrers: referring.get(entity.id) ?? [],
    isPrivate: outsiders.length > 0 && outsiders.every((role) => seesOwnOnly(entity, role)),
    isListedWhole: entity.access.some(({ can, where }) => can.includes("list") && !(where && namesMe(where))),
  });
}

/** Whoever signs up by himself; where nobody can, everybody who has a role. */
export function outsidersOf(roles: Facts["model"]["roles"]): readonly string[] {
  const signedUp = roles.filter(({ signUp }) => signUp === true);
  return (signedUp.length > 0 ? signedUp : roles).map(({ name }) => name);
}

/** What access rules are silent about is as open as the operations make it. */
function seesOwnOnly(entity: Entity, role: string): boolean {
  const rule = readRule(entity, role);
  return rule === "none" || (typeof rule === "object" && namesMe(rule));
}

const namesMe = (expression: Expression): boolean =>
  expression.kind === "or"
    ? expression.any.every(namesMe)
    : (expression.kind === "variable" && expression.name === "me") || partsOf(expression).some(namesMe);

/** Whether an expression looks into a field of the row: at a part of a record, or at the items of a list. */
export function looksInto(expression: Expression, field: string): boolean {
  const inside = expression.kind === "field" || listKinds.has(expression.kind) ? partsOf(expression) : [];
  return inside.some((part) => isRowField(part, field)) || partsOf(expression).some((part) => looksInto(part, field));
}

const listKinds = new Set<Expression["kind"]>(["sum", "count", "every", "some"]);

/** Whether an expression names a field of the row, in whatever way. */
export const namesField = (expression: Expression, field: string): boolean =>
  isRowField(expression, field) || partsOf(expression).some((part) => namesField(part, field));

const isRowField = (expression: Expression, field: string): boolean =>
  expression.kind === "field" && expression.name === field && expression.of.kind === "variable" && expression.of.name === "row";

/** Whether a value can change while its row lives. */
export const isChangeable = ({ kind, readonly, now }: Field): boolean => kind !== "id" && readonly !== true && now !== true;
