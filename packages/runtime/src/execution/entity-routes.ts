import { recordToJson, type Action, type Entity } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { ProblemError } from "../problem.ts";
import { problemOf } from "./database-problem.ts";
import type { EntityTable, EntityTables } from "./entity-table.ts";
import { notFound } from "./frame.ts";
import { assertReadable, inputReferences, referenceChecks, type InputReference } from "./input-references.ts";
import { newRow } from "./new-row.ts";
import type { ModelPlan } from "./plan.ts";
import type { CallContext, Executor, InputValues } from "./seams.ts";
import { readSession, TransactionSession, type Identity } from "./session.ts";

export interface EntityRoutesOptions {
  readonly plan: ModelPlan;
  readonly tables: EntityTables;
  readonly pool: Pool;
}

type EntityWords = Pick<Executor, "list" | "read" | "create" | "update" | "remove">;

/** What the access rules of entities open to callers. The statement asks for what the rule allows, and row-level security asks again. */
export function createEntityRoutes({ plan, tables, pool }: EntityRoutesOptions): EntityWords {
  const references = new Map(plan.model.entities.map((entity) => [entity.id, inputReferences(plan.lookup, entity.fields)]));
  const subject = (id: string, action: Action, context: CallContext): Subject => {
    const table = tables.of(id);
    admitTo(action, table.entity, context);
    return { table, identity: { databaseRole: plan.entityRole(id), caller: context.caller } };
  };
  const write = async (
    table: EntityTable,
    identity: Identity,
    values: InputValues,
    statements: readonly Statement[],
    context: CallContext,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    pool
      .transaction(async (transaction) => {
        const session = new TransactionSession(transaction);
        await assertReferences(references.get(table.entity.id) ?? [], values, context, session, plan.model.name);
        const results = await session.run(identity, statements);
        await session.commit([]);
        return results.at(-1)?.rows ?? [];
      })
      .catch((error: unknown) => {
        throw problemOf(error, plan.model.entities);
      });

  return {
    async list(id, query, context) {
      const { table, identity } = subject(id, "list", context);
      const { sort, after, filters, limit } = query;
      const page = await table.page(
        { work: { session: readSession(pool) }, identity },
        {
          filters,
          limit,
          environment: environmentOf(context),
          rule: { role: context.caller.role, action: "list" },
          ...(sort && { sort }),
          ...(after !== undefined && { after }),
        },
      );
      return { items: page.items.map((row) => recordToJson(table.entity.fields, row)), next: page.next };
    },
    async read(id, rowId, context) {
      const { table, identity } = subject(id, "read", context);
      const statement = table.select({
        filters: { id: rowId },
        limit: 1,
        environment: environmentOf(context),
        rule: { role: context.caller.role, action: "read" },
      });
      const [found] = await readSession(pool).run(identity, [statement]);
      const row = found?.rows[0];
      if (!row) throw notFound(table.entity.name, rowId);
      return recordToJson(table.entity.fields, table.fromRow(row));
    },
    async create(id, values, context) {
      const { table, identity } = subject(id, "create", context);
      refuseUnwritable(table.entity, "create", values, context);
      const row = newRow(table.entity, values, context.now);
      await write(table, identity, values, table.insert(row), context);
      return recordToJson(table.entity.fields, row);
    },
    async update(id, rowId, changes, context) {
      const { table, identity } = subject(id, "update", context);
      refuseUnwritable(table.entity, "update", changes, context);
      const [row] = await write(table, identity, changes, table.update(targetOf(id, rowId), changes, environmentOf(context)), context);
      if (!row) throw notFound(table.entity.name, rowId);
      return recordToJson(table.entity.fields, table.fromRow(row));
    },
    async remove(id, rowId, context) {
      const { table, identity } = subject(id, "delete", context);
      const [row] = await write(table, identity, {}, [table.remove(targetOf(id, rowId), environmentOf(context))], context);
      if (!row) throw notFound(table.entity.name, rowId);
    },
  };
}

interface Subject {
  readonly table: EntityTable;
  readonly identity: Identity;
}

function admitTo(action: Action, entity: Entity, { caller }: CallContext): void {
  const roles = entity.access.filter(({ can }) => can.includes(action)).map(({ role }) => role);
  if (roles.includes(caller.role)) return;
  if (caller.id === null)
    throw new ProblemError("unauthenticated", 401, {
      detail: `Sign in as ${roles.join(" or ")}, and send the access token as "Authorization: Bearer …".`,
    });
  throw new ProblemError("forbidden", 403, { detail: `${caller.role} may not ${action} ${entity.name}.` });
}

/** A rule with `only` lets its role write these fields; the database role holds the columns of every role together. */
function refuseUnwritable(entity: Entity, action: "create" | "update", values: InputValues, { caller }: CallContext): void {
  const rules = entity.access.filter(({ role, can }) => role === caller.role && can.includes(action));
  const refused = Object.keys(values).filter(
    (name) => values[name] !== undefined && !rules.some(({ only }) => only?.includes(name) ?? true),
  );
  if (refused.length === 0) return;
  const fields = refused.map((path) => ({ path, message: `${caller.role} may not ${action} this field.` }));
  throw new ProblemError("forbidden", 403, {
    detail: `${caller.role} may not ${action} ${refused.join(" and ")} of ${entity.name}.`,
    fields,
  });
}

async function assertReferences(
  references: readonly InputReference[],
  values: InputValues,
  { caller }: CallContext,
  session: TransactionSession,
  system: string,
): Promise<void> {
  const checks = referenceChecks(references, values, caller, system);
  if (checks.length === 0) return;
  const results = await session.runEach(checks.map((check) => [check.identity, [check.statement]] as const));
  checks.forEach((check, index) => assertReadable(check, results[index]?.[0]?.rows ?? []));
}

const environmentOf = ({ caller, now }: CallContext): Readonly<Record<string, unknown>> => ({
  me: { id: caller.id },
  role: caller.role,
  now,
});

const targetOf = (entity: string, id: string) => ({
  kind: "id" as const,
  id: { kind: "literal" as const, type: { kind: "ref" as const, entity }, value: id },
});
