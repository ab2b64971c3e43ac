import {
  accessRule,
  canonicalJson,
  expressionToSql,
  list,
  listColumns,
  literal,
  name,
  raw,
  readRule,
  rolesNamed,
  rolesThatMay,
  sql,
  type Action,
  type Entity,
  type Place,
  type Rule,
  type Sql,
} from "@archwright/model";
import { looksIntoLists, policyPlace, type ListLook } from "./list-looks.ts";
import type { Grantee, Reach, Verb } from "./privileges.ts";
import { sessionRole } from "./session.ts";
import { qualified, type Table } from "./table.ts";

/** Row-level security of an entity's own table. It binds whoever owns the table too. */
export function entityPolicies(table: Table, reaches: readonly Reach[], looks: readonly ListLook[]): readonly Sql[] {
  const { entity } = table;
  const at = policyPlace(table, looks);
  const rows = (action: Action): Sql => cases(entity, (role) => accessRule(entity, role, action), at, nobody);
  const seen = (role: string): Rule => readRule(entity, role);
  const created = cases(entity, (role) => beforeItems(accessRule(entity, role, "create")), at, nobody);
  const to = (kind: Grantee["kind"], verb: Verb | "all", rule: Sql): readonly Sql[] => policy(table, reaches, kind, verb, rule);
  return [
    ...secured(table),
    ...to("operation", "all", sql`using (${cases(entity, seen, at, somebody)})\n  with check (${somebody})`),
    ...to("entity", "select", sql`using (${cases(entity, seen, at, nobody)})`),
    ...to("entity", "insert", sql`with check (${created})`),
    ...to("entity", "update", sql`using (${rows("update")})\n  with check (${rows("update")})`),
    ...to("entity", "delete", sql`using (${rows("delete")})`),
    ...to("signUp", "insert", raw("with check (true)")),
    ...to("maintenance", "all", raw("using (true) with check (true)")),
  ];
}

/** The items of a list follow the row that owns them. */
export function listPolicies(table: Table, owner: Table, reaches: readonly Reach[], looks: readonly ListLook[]): readonly Sql[] {
  const { entity } = owner;
  const ownerRow = sql`select from ${qualified(owner)} where ${name(owner.name, "id")} = ${name(table.name, listColumns.parent)}`;
  const follows = sql`exists (${ownerRow})`;
  const followsWhere = (rules: (role: string) => Rule): Sql =>
    sql`exists (${ownerRow} and ${cases(entity, rules, policyPlace(owner, looks), nobody)})`;
  const changed = (role: string): Rule => accessRule(entity, role, "update");
  const written = (role: string): Rule => either(beforeItems(accessRule(entity, role, "create")), changed(role));
  const blind = rolesThatMay(entity, "create").filter((role) => !seesWhatItCreates(entity, role));
  const unseen = blind.length === 0 ? raw("") : sql` or ${sessionRole} in (${list(blind.map(literal))})`;
  const to = (kind: Grantee["kind"], verb: Verb | "all", rule: Sql): readonly Sql[] => policy(table, reaches, kind, verb, rule);
  return [
    ...secured(table),
    ...to("operation", "select", sql`using (${follows})`),
    ...to("operation", "insert", sql`with check (${somebody})`),
    ...to("operation", "update", sql`using (${follows})`),
    ...to("operation", "delete", sql`using (${follows})`),
    ...to("entity", "select", sql`using (${follows})`),
    ...to("entity", "insert", sql`with check (${followsWhere(written)}${unseen})`),
    ...to("entity", "delete", sql`using (${followsWhere(changed)})`),
    ...to("signUp", "insert", raw("with check (true)")),
    ...to("maintenance", "all", raw("using (true) with check (true)")),
  ];
}

const nobody = raw("false");
// Where the runtime forgot to say who calls, nothing is visible and nothing is written.
const somebody = sql`${sessionRole} is not null`;

const secured = (table: Table): readonly Sql[] => [
  sql`alter table ${qualified(table)} enable row level security, force row level security`,
];

const policyNames: { readonly [kind in Grantee["kind"]]: string } = {
  operation: "operations",
  entity: "routes",
  signUp: "sign-up",
  maintenance: "maintenance",
};

/** A policy for the roles whose privileges make it matter. */
function policy(table: Table, reaches: readonly Reach[], kind: Grantee["kind"], verb: Verb | "all", rule: Sql): readonly Sql[] {
  const here = reaches.filter(
    ({ grantee, verbs }) => grantee.kind === kind && (verb === "all" || verbs.some((allowed) => allowed.verb === verb)),
  );
  const roles = here.map(({ grantee }) => name(grantee.role));
  const called = name(verb === "all" ? policyNames[kind] : `${policyNames[kind]} ${verb}`);
  return roles.length === 0 ? [] : [sql`create policy ${called} on ${qualified(table)} for ${raw(verb)} to ${list(roles)}\n  ${rule}`];
}

/** A condition by the caller's role. Roles for which it is what it is for everybody else are not spelt out. */
function cases(entity: Entity, ruleOf: (role: string) => Rule, place: Place, otherwise: Sql): Sql {
  const usual: Rule = otherwise === nobody ? "none" : "all";
  const special = rolesNamed(entity)
    .map((role) => [role, ruleOf(role)] as const)
    .filter(([, rule]) => rule !== usual);
  if (special.length === 0) return otherwise;
  if (special.every(([, rule]) => rule === "all")) return sql`${sessionRole} in (${list(special.map(([role]) => literal(role)))})`;
  const whens = special.map(([role, rule]) => sql`\n    when ${literal(role)} then ${ruleToSql(rule, place)}`);
  return sql`case ${sessionRole}${list(whens, raw(""))}\n    else ${otherwise}\n  end`;
}

function ruleToSql(rule: Rule, place: Place): Sql {
  if (rule === "all") return raw("true");
  return rule === "none" || rule === "silent" ? nobody : expressionToSql(rule, place);
}

/** A new row has no items yet, so a rule that asks them is asked by the guard alone. */
const beforeItems = (rule: Rule): Rule => (typeof rule === "object" && looksIntoLists(rule) ? "all" : rule);

function either(left: Rule, right: Rule): Rule {
  if (left === "all" || right === "all") return "all";
  if (left === "none" || left === "silent") return right;
  return right === "none" || right === "silent" ? left : { kind: "or", any: [left, right] };
}

/** Whoever may not see the row that he creates gives it its items unseen. */
function seesWhatItCreates(entity: Entity, role: string): boolean {
  const seen = readRule(entity, role);
  return seen === "all" || canonicalJson(seen) === canonicalJson(accessRule(entity, role, "create"));
}
