import { loginRole, name, schemaName, sql, type Context, type Entity, type Model, type Sql } from "@archwright/model";
import { foreignKeys } from "./constraints.ts";
import { createTable } from "./create-table.ts";
import { hasSearch, indexesOf } from "./indexes.ts";
import { infrastructure, textSearch } from "./infrastructure.ts";
import { listInvariants } from "./invariants.ts";
import { lifecycleTriggers } from "./lifecycle.ts";
import { createLook, listLooks } from "./list-looks.ts";
import { entityPolicies, listPolicies } from "./policies.ts";
import { granteesOf, reachesOf, type Reach } from "./privileges.ts";
import { remarksOn } from "./remarks.ts";
import { createRoles, grantsOf } from "./roles.ts";
import { scriptOf, type Section } from "./script.ts";
import { tablesOf, type Table } from "./table.ts";

/**
 * The database that a model means, as one PostgreSQL 18 script for an empty database. It begins and ends no transaction: whoever runs it
 * does, so that all of it happens or nothing. Roles that exist already stay.
 */
export function emitSql(model: Model): string {
  const grantees = granteesOf(model);
  const reaches = reachesOf(grantees);
  const tables = model.entities.flatMap((entity) => tablesOf(entity));
  return scriptOf(headOf(model), [
    { title: "Roles", statements: createRoles(model, grantees) },
    { title: "Infrastructure", statements: [...infrastructure(model.name), ...(hasSearch(tables) ? textSearch : [])] },
    ...model.contexts.flatMap((context) => contextSections(model, context)),
    // A foreign key may point forward, a privilege needs its table, and a policy asks other tables.
    ...model.contexts.flatMap((context) => relationSections(model, context)),
    ...model.entities.map((entity) => ({
      title: `Promises over the lists of ${entity.id}`,
      statements: listInvariants(entity, model.name),
    })),
    ...grantees.map((grantee) => ({ title: `Privileges: ${grantee.title}`, statements: grantsOf(grantee) })),
    ...model.entities.map((entity) => ({ title: `Row-level security: ${entity.id}`, statements: securityOf(model, entity, reaches) })),
  ]);
}

function headOf({ name: system }: Model): string {
  return `The database of ${system}.
Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
Requests are served by ${loginRole(system)}, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.`;
}

function contextSections(model: Model, context: Context): readonly Section[] {
  const entities = model.entities.filter((entity) => entity.context === context.name);
  if (entities.length === 0) return [];
  const schema: Sql = sql`create schema ${name(schemaName(context.name))}`;
  return [
    { title: `Context ${context.name}`, statements: [schema] },
    ...entities.map((entity) => ({ title: entity.id, statements: tableStatements(model, entity) })),
  ];
}

function tableStatements(model: Model, entity: Entity): readonly Sql[] {
  return tablesOf(entity).flatMap((table) => [
    createTable(table),
    ...remarksOn(table),
    ...indexesOf(table, model),
    ...lifecycleTriggers(table),
  ]);
}

function relationSections(model: Model, context: Context): readonly Section[] {
  const tables = model.entities.filter((entity) => entity.context === context.name).flatMap((entity) => tablesOf(entity));
  return [{ title: `References within ${context.name}`, statements: tables.flatMap(foreignKeys) }];
}

function securityOf(model: Model, entity: Entity, reaches: (table: Table) => readonly Reach[]): readonly Sql[] {
  const [own, ...lists] = tablesOf(entity);
  const looks = listLooks(entity);
  const readers = reaches(own).filter(({ grantee: { kind } }) => kind === "operation" || kind === "entity");
  return [
    ...looks.flatMap((look) =>
      createLook(
        look,
        own,
        model.name,
        readers.map(({ grantee: { role } }) => role),
      ),
    ),
    ...entityPolicies(own, reaches(own), looks),
    ...lists.flatMap((table) => listPolicies(table, own, reaches(table), looks)),
  ];
}
