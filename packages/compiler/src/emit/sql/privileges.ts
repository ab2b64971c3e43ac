import {
  entityRole,
  lookupOf,
  maintenanceRole,
  operationRole,
  signUpEntities,
  signUpRole,
  type Lookup,
  type Model,
} from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";
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
  const operations = [...model.operations, ...model.jobs].map((item) =>
    grantee("operation", operationRole(model.name, item.id), `Operation ${item.id}`, needsOf(item, lookup)),
  );
  const routes = model.entities
    .filter(({ access }) => access.length > 0)
    .map((entity) => grantee("entity", entityRole(model.name, entity.id), `Routes of ${entity.id}`, routeNeeds(entity)));
  const actors = signUpEntities(model);
  const signUp =
    actors.length === 0
      ? []
      : [
          grantee(
            "signUp",
            signUpRole(model.name),
            "Sign-up",
            actors.flatMap((id) => insertion(lookup.entity(id))),
          ),
        ];
  const maintenance = grantee("maintenance", maintenanceRole(model.name), "Maintenance", model.entities.flatMap(everything));
  return [...operations, ...routes, ...signUp, maintenance];
}

type Operated = Model["operations"][number] | Model["jobs"][number];

function needsOf(item: Operated, lookup: Lookup): readonly Need[] {
  if ("does" in item) return item.does.kind === "body" ? bodyNeeds(item.does.body, lookup) : [];
  return item.implementation.kind === "body" ? bodyNeeds(item.implementation.body, lookup) : declaredNeeds(item, lookup);
}

function grantee(kind: Grantee["kind"], role: string, title: string, needs: readonly Need[]): Grantee {
  const byTable = groupsOf(needs, ({ table }) => tableKey(table));
  const privileges = [...byTable]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => (first ? [{ table: first.table, verbs: verbsIn([first, ...rest]) }] : []));
  const schemas = kind === "operation" || kind === "entity" ? [schemaOfFunctions] : [];
  return { role, kind, title, schemas: [...schemas, ...new Set(privileges.map(({ table }) => table.schema))], privileges };
}

const schemaOfFunctions = "archwright";
const verbs: readonly Verb[] = ["select", "insert", "update", "delete"];

/** One line for each verb, with every column that some step needs. */
function verbsIn(needs: readonly Need[]): readonly Allowed[] {
  return verbs.flatMap((verb) => {
    const asked = needs.filter((need) => need.verb === verb);
    if (asked.length === 0) return [];
    const columns = new Set(asked.flatMap((need) => need.columns ?? []));
    return [asked.some((need) => need.columns === undefined) ? { verb } : { verb, columns: [...columns].sort() }];
  });
}

/** The grantees of a table, each with what it may do there. */
export interface Reach {
  readonly grantee: Grantee;
  readonly verbs: readonly Allowed[];
}

export function reachesOf(grantees: readonly Grantee[]): (table: Table) => readonly Reach[] {
  const all = grantees.flatMap((grantee) => grantee.privileges.map(({ table, verbs }) => ({ table, reach: { grantee, verbs } })));
  const byTable = groupsOf(all, ({ table }) => tableKey(table));
  return (table) => (byTable.get(tableKey(table)) ?? []).map(({ reach }) => reach);
}

const tableKey = ({ schema, name: table }: Table): string => JSON.stringify([schema, table]);
