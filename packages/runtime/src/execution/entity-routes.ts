import { creatableFields, recordToJson, type Action, type Entity } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { ProblemError } from "../problem.ts";
import type { ChangedRow } from "../files/file-check.ts";
import { pageFailure } from "./cursor.ts";
import { problemOf } from "./database-problem.ts";
import type { EntityTable, EntityTables } from "./entity-table.ts";
import { notFound } from "./frame.ts";
import { inputReferences, keepNamedFiles, referenceChecks, type InputReference } from "./input-references.ts";
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
export function createEntityRoutes(options: EntityRoutesOptions): EntityWords {
  return { ...readingRoutes(options), ...writingRoutes(options) };
}

function readingRoutes({ plan, tables, pool }: EntityRoutesOptions): Pick<EntityWords, "list" | "read"> {
  return {
    async list(id, { sort, after, filters, limit }, context) {
      const { table, identity } = subjectOf(id, "list", context, plan, tables);
      const rule = { role: context.caller.role, action: "list" as const };
      const query = {
        filters,
        limit,
        rule,
        environment: environmentOf(context),
        ...(sort && { sort }),
        ...(after !== undefined && { after }),
      };
      const reading = table.page({ work: { session: readSession(pool) }, identity }, query);
      const { items, next } = await reading.catch((error: unknown) => {
        throw pageFailure(error, after);
      });
      return { items: items.map((row) => recordToJson(table.entity.fields, row)), next };
    },
    async read(id, rowId, context) {
      const { table, identity } = subjectOf(id, "read", context, plan, tables);
      const rule = { role: context.caller.role, action: "read" as const };
      const statement = table.select({ filters: { id: rowId }, limit: 1, rule, environment: environmentOf(context) });
      const [found] = await readSession(pool).run(identity, [statement]);
      const row = found?.rows[0];
      if (!row) throw notFound(table.entity.name, rowId);
      return recordToJson(table.entity.fields, table.fromRow(row));
    },
  };
}

function writingRoutes({ plan, tables, pool }: EntityRoutesOptions): Pick<EntityWords, "create" | "update" | "remove"> {
  const references = new Map(plan.model.entities.map((entity) => [entity.id, inputReferences(plan.lookup, entity.fields)]));
  const write = async (
    { table, identity }: Subject,
    values: InputValues,
    statements: readonly Statement[],
    context: CallContext,
    changed?: string,
  ): Promise<Row | undefined> => {
    try {
      return await pool.transaction(async (transaction) => {
        const session = new TransactionSession(transaction);
        const named = references.get(table.entity.id) ?? [];
        const row = changed === undefined ? undefined : { entity: table.entity, id: changed };
        await assertReferences(named, values, context, session, plan.model.name, row);
        const results = await session.runAndCommit(identity, statements, keepNamedFiles(named, values));
        return results.at(-1)?.rows[0];
      });
    } catch (error) {
      throw problemOf(error, plan.model.entities);
    }
  };
  return {
    async create(id, values, context) {
      const subject = subjectOf(id, "create", context, plan, tables);
      const { entity } = subject.table;
      refuseUnwritable(entity, "create", values, context);
      const row = newRow(entity, values, context.now);
      await write(subject, values, subject.table.insert(row, grantedColumns(entity)), context);
      return recordToJson(entity.fields, row);
    },
    async update(id, rowId, changes, context) {
      const subject = subjectOf(id, "update", context, plan, tables);
      const { table } = subject;
      refuseUnwritable(table.entity, "update", changes, context);
      const row = await write(subject, changes, table.update(targetOf(id, rowId), changes, environmentOf(context)), context, rowId);
      if (!row) throw notFound(table.entity.name, rowId);
      return recordToJson(table.entity.fields, table.fromRow(row));
    },
    async remove(id, rowId, context) {
      const subject = subjectOf(id, "delete", context, plan, tables);
      const row = await write(subject, {}, [subject.table.remove(targetOf(id, rowId), environmentOf(context))], context);
      if (!row) throw notFound(subject.table.entity.name, rowId);
    },
  };
}

function subjectOf(id: string, action: Action, context: CallContext, plan: ModelPlan, tables: EntityTables): Subject {
  const table = tables.of(id);
  admitTo(action, table.entity, context);
  return { table, identity: { databaseRole: plan.entityRole(id), caller: context.caller } };
}

/** The columns that the routes' database role may fill: what some rule lets a caller give, and what every row is born with. */
function grantedColumns(entity: Entity): ReadonlySet<string> {
  const born = entity.fields.filter(({ kind, now }) => kind === "id" || kind === "state" || now === true);
  return new Set([...born, ...creatableFields(entity)].map(({ name }) => name));
}

type Row = Readonly<Record<string, unknown>>;

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
  changed: ChangedRow | undefined,
): Promise<void> {
  const checks = referenceChecks(references, values, caller, system, changed);
  if (checks.length === 0) return;
  const results = await session.runEach(checks.map((check) => [check.identity, [check.statement]] as const));
  checks.forEach((check, index) => check.accept(results[index]?.[0]?.rows ?? []));
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
