import { entityRole, lookupOf, maintenanceRole, operationRole, schemaName, signUpEntities, signUpRole, type Lookup, type Model } from "@archwright/model";
import { bodyNeeds, declaredNeeds, everything, insertion, routeNeeds, type Need } from "./needs.ts";
import type { Table } from "./table.ts";

export type Verb = "select" | "insert" | "update" | "delete";

/** Without columns: all of them. */
export interface Allowed {
  readonly verb: Verb;
  readonly columns?: readonly string[];
}

export interface Privilege {
  readonly table: Table;
  readonly verbs: readonly Allowed[];
}

/** A role of the database and everything that it may touch. */
export interface Grantee {
  readonly role: string;
  readonly kind: "operation" | "entity" | "signUp" | "maintenance";
  readonly title: string;
  readonly schemas: readonly string[];
  readonly privileges: readonly Privilege[];
}

/** Every role that serves this model, and last the one that keeps it. */
export function granteesOf(model: Model): readonly Grantee[] {
  const lookup = lookupOf(model);
  const operations = [...model.operations, ...model.jobs].map((item) => grantee("operation", operationRole(model.name, item.id), `Operation ${item.id}`, needsOf(item, lookup)));
  const routes = model.entities.filter(({ access }) => access.length > 0).map((entity) => grantee("entity", entityRole(model.name, entity.id), `Routes of ${entity.id}`, routeNeeds(entity)));
  const actors = signUpEntities(model);
  const signUp = actors.length === 0 ? [] : [grantee("signUp", signUpRole(model.name), "Sign-up", actors.flatMap((id) => insertion(lookup.entity(id))))];
  const maintenance = grantee("maintenance", maintenanceRole(model.name), "Maintenance", model.entities.flatMap(everything));
  return [...operations, ...routes, ...signUp, maintenance];
}

type Operated = Model["operations"][number] | Model["jobs"][number];

function needsOf(item: Operated, lookup: Lookup): readonly Need[] {
  if ("does" in item) return item.does.kind === "body" ? bodyNeeds(item.does.body, lookup) : [];
  return item.implementation.kind === "body" ? bodyNeeds(item.implementation.body, lookup) : declaredNeeds(item, lookup);
}

function grantee(kind: Grantee["kind"], role: string, title: string, needs: readonly Need[]): Grantee {
  const tables = new Map(needs.map(({ table }) => [`${table.schema}.${table.name}`, table]));
  const privileges = [...tables].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, table]) => ({ table, verbs: verbsOn(table, needs) }));
  const schemas = kind === "operation" || kind === "entity" ? [schemaOfFunctions] : [];
  return { role, kind, title, schemas: [...schemas, ...new Set(privileges.map(({ table }) => schemaName(table.entity.context)))], privileges };
}

const schemaOfFunctions = "archwright";
const verbs: readonly Verb[] = ["select", "insert", "update", "delete"];

/** One line for each verb: every column that some step needs, in the order of the table. */
function verbsOn(table: Table, needs: readonly Need[]): readonly Allowed[] {
  const here = needs.filter((need) => need.table.schema === table.schema && need.table.name === table.name);
  return verbs.flatMap((verb) => {
    const asked = here.filter((need) => need.verb === verb);
    if (asked.length === 0) return [];
    const columns = new Set(asked.flatMap((need) => need.columns ?? []));
    return [asked.some((need) => need.columns === undefined) ? { verb } : { verb, columns: [...columns].sort() }];
  });
}
