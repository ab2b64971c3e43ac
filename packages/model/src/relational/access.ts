import type { Expression } from "../expressions/expression.ts";
import type { AccessRule, Action, Entity, Model } from "../model/model.ts";

/**
 * What access rules say of a role: which rows (a condition over `row` and `me`), all of them, none of them, or nothing at all.
 * Silent is not none: a role that no rule names may still be served by an operation, which is then the grant.
 */
export type Rule = Expression | "all" | "none" | "silent";

/** What stands in the place of a role's name where nobody is signed in, and where the system acts on its own. */
export const anyoneRole = "anyone";
export const systemRole = "system";

/**
 * What a role may do with the rows of an entity at its own routes. With `fields`, only by the rules that let it write each of them.
 */
export function accessRule(entity: Entity, role: string, action: Action, fields: readonly string[] = []): Rule {
  return ruleOf(entity, role, ({ can, only }) => can.includes(action) && fields.every((field) => only?.includes(field) ?? true));
}

/** The rows that a role may see: those that it may read or list. This binds it in every operation too. */
export function readRule(entity: Entity, role: string): Rule {
  return ruleOf(entity, role, ({ can }) => can.includes("read") || can.includes("list"));
}

/** The roles that may do something at the routes of an entity, each once, in order. */
export function rolesThatMay(entity: Entity, action: Action): readonly string[] {
  return sortedNames(entity.access.filter(({ can }) => can.includes(action)));
}

/** The roles of which the access rules of an entity say anything. */
export function rolesNamed(entity: Entity): readonly string[] {
  return sortedNames(entity.access);
}

/** The fields that some role may write at the routes of an entity, or undefined where a rule sets no bounds to them. */
export function onlyFields(entity: Entity, action: "create" | "update"): readonly string[] | undefined {
  const rules = entity.access.filter(({ can }) => can.includes(action));
  if (rules.some(({ only }) => only === undefined)) return undefined;
  return [...new Set(rules.flatMap(({ only = [] }) => only))].sort();
}

/** The entities whose rows are the people who sign up by themselves. */
export function signUpEntities(model: Model): readonly string[] {
  const actors = model.roles.flatMap(({ actor, signUp }) => (signUp && actor !== undefined ? [actor] : []));
  return [...new Set(actors)].sort();
}

function ruleOf({ access }: Entity, role: string, grants: (rule: AccessRule) => boolean): Rule {
  const rules = access.filter((rule) => rule.role === role);
  if (rules.length === 0) return "silent";
  const granting = rules.filter(grants);
  if (granting.length === 0) return "none";
  const conditions = granting.flatMap(({ where }) => (where ? [where] : []));
  if (conditions.length < granting.length) return "all";
  const [first] = conditions;
  return first && conditions.length === 1 ? first : { kind: "or", any: conditions };
}

const sortedNames = (rules: readonly AccessRule[]): readonly string[] => [...new Set(rules.map(({ role }) => role))].sort();
