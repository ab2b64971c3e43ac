import { list, literal, loginRole, maintenanceRole, name, raw, sql, type Model, type Sql } from "@archwright/model";
import type { Grantee } from "./privileges.ts";
import { column, dollarQuoted } from "./script.ts";

/**
 * Roles belong to the whole cluster, so they may exist from another database, or be made by another script at this very moment. Where one
 * of that name could bypass row security, the script ends here.
 */
export function createRoles({ name: system }: Model, grantees: readonly Grantee[]): readonly Sql[] {
  const login = loginRole(system);
  const maintenance = maintenanceRole(system);
  const served = grantees.filter(({ role }) => role !== maintenance).map(({ role }) => literal(role));
  return [
    sql`do ${dollarQuoted(sql`declare
  login constant text := ${literal(login)};
  maintenance constant text := ${literal(maintenance)};
  served constant text[] := array[
  ${column(served)}
]::text[];
  created text;
begin
  foreach created in array served || maintenance || login loop
    if not exists (select from pg_catalog.pg_roles where rolname = created) then
      begin
        execute pg_catalog.format('create role %I %s noinherit', created, case when created = login then 'login' else 'nologin' end);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = created and (rolsuper or rolbypassrls)) then
      raise exception 'The role "%" is a superuser or bypasses row security. Drop it, or take that right from it, and run the script again.', created;
    end if;
  end loop;
  foreach created in array served loop
    if not exists (
      select from pg_catalog.pg_auth_members
      where roleid = (select oid from pg_catalog.pg_roles where rolname = created) and member = (select oid from pg_catalog.pg_roles where rolname = login)
    ) then
      begin
        execute pg_catalog.format('grant %I to %I with inherit false, set true', created, login);
      exception when unique_violation then null;
      end;
    end if;
  end loop;
  if not pg_catalog.pg_has_role(current_user, maintenance, 'SET') then
    execute pg_catalog.format('grant %I to current_user with inherit true, set true', maintenance);
  end if;
end`)}`,
  ];
}

/** What each role may do, table by table. */
export function grantsOf({ role, schemas, privileges }: Grantee): readonly Sql[] {
  const grantee = name(role);
  const usage = schemas.length === 0 ? [] : [sql`grant usage on schema ${list(schemas.map((schema) => name(schema)))} to ${grantee}`];
  const onTables = privileges.map(({ table, verbs }) => {
    const said = verbs.map(({ verb, columns }) => sql`${raw(verb)}${columns ? sql` (${list(columns.map((one) => name(one)))})` : raw("")}`);
    return sql`grant ${list(said)} on ${name(table.schema, table.name)} to ${grantee}`;
  });
  return [...usage, ...onTables];
}
