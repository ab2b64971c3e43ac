import { recordCondition, recordToJson, type Entity, type Expression, type Operation } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { pageFailure } from "./cursor.ts";
import type { EntityTable } from "./entity-table.ts";
import { declaredError, emitted, notFound, type Frame } from "./frame.ts";
import { newRow } from "./new-row.ts";
import { ProblemError } from "../problem.ts";
import type { SegmentedSession } from "./segmented-session.ts";

/** What a handler reaches besides its database: set by who runs it. */
export interface Reach {
  /** Another context's operation or a third party's call, each a transaction of its own. */
  call(callId: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  readonly session: SegmentedSession;
}

type Values = Readonly<Record<string, unknown>>;
interface Find {
  readonly where?: (row: never) => unknown;
  readonly sort?: string;
  readonly limit?: number;
}

/** The scope that a handler is called with: the words of `CommandScope` and `QueryScope` in the language. */
export function handlerScope(operation: Operation, input: Values, frame: Frame, reach: Reach): object {
  const { work, identity } = frame;
  const lastName = (id: string): string => id.slice(id.indexOf(".") + 1);
  return {
    input,
    me: { role: identity.caller.role, id: identity.caller.id },
    now: work.context.now,
    db: databaseOf(frame, reach.session),
    calls: Object.fromEntries(operation.calls.map((id) => [lastName(id), (given: Values = {}) => reach.call(id, given)])),
    atomic: Object.fromEntries(
      operation.atomic.map((id) => [lastName(id), (given: Values = {}) => runAtomic(id, given, frame, reach.session)]),
    ),
    emit: (event: { context?: string; name: string }, payload: Values) => {
      const id = `${event.context ?? ""}.${event.name}`;
      if (!operation.emits.includes(id)) throw new Error(`${operation.id} emits ${id}, which it does not declare. Add it to emits.`);
      work.emitted.push(emitted(id, recordToJson(work.lookup.event(id).fields, payload)));
    },
    fail: (error: string, detail?: string): never => {
      throw declaredError(frame, error, detail);
    },
  };
}

async function runAtomic(id: string, input: Values, frame: Frame, session: SegmentedSession): Promise<unknown> {
  session.markWritten();
  return frame.work.atomic(id, input, frame.identity.caller);
}

/** Every entity of the system by its name. What the operation may do with each is not asked here: its database role knows, and PostgreSQL refuses the rest. */
function databaseOf(frame: Frame, session: SegmentedSession): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        const table = typeof name === "string" ? frame.work.tables.named(name) : undefined;
        return table && entityWords(table, frame, session);
      },
    },
  );
}

function entityWords(table: EntityTable, frame: Frame, session: SegmentedSession): object {
  const { entity } = table;
  const read = async (statement: Statement): Promise<readonly Record<string, unknown>[]> => {
    const [result] = await session.run(frame.identity, [statement]);
    return (result?.rows ?? []).map(table.fromRow);
  };
  const where = (query: Find): { readonly where?: Expression } =>
    query.where ? { where: recordCondition(query.where, entity.fields, entity.id) } : {};
  const target = (id: unknown) => ({
    kind: "id" as const,
    id: { kind: "literal" as const, type: { kind: "ref" as const, entity: entity.id }, value: String(id) },
  });
  const changed = async (id: unknown, statements: readonly Statement[]): Promise<Record<string, unknown>> => {
    const results = await session.write(frame.identity, statements);
    const row = results.at(-1)?.rows[0];
    if (row) return table.fromRow(row);
    const [found] = await read(table.get(id));
    throw found
      ? new ProblemError("conflict", 409, { detail: `This ${entity.name} cannot change like this from where it is.` })
      : notFound(entity.name, id);
  };
  return {
    async get(id: unknown) {
      const [row] = await read(table.get(id));
      if (!row) throw notFound(entity.name, id);
      return row;
    },
    find: async (query: Find = {}) =>
      (await read(table.select({ ...where(query), ...sortOf(query), limit: 1, environment: {} })))[0] ?? null,
    list: async (query: Find & { limit: number }) =>
      read(table.select({ ...where(query), ...sortOf(query), limit: query.limit, environment: {} })),
    page: (query: Find, after?: string) =>
      table
        .page(frame, {
          ...where(query),
          ...sortOf(query),
          limit: query.limit ?? 20,
          ...(after !== undefined && { after }),
          environment: {},
        })
        .catch((error: unknown) => {
          throw pageFailure(error, after);
        }),
    async count(query: Find = {}) {
      const [result] = await session.run(frame.identity, [table.count({ ...where(query), environment: {} })]);
      return Number(result?.rows[0]?.["count"] ?? 0);
    },
    async create(values: Values) {
      const row = newRow(entity, values, frame.work.context.now);
      await session.write(frame.identity, table.insert(row));
      return row;
    },
    update: (id: unknown, values: Values) => changed(id, table.update(target(id), ownChanges(entity, values), {})),
    transition: (id: unknown, to: Readonly<Record<string, string>>) => changed(id, [table.transition(target(id), to, {})]),
    async delete(id: unknown) {
      const [result] = await session.write(frame.identity, [table.remove(target(id), {})]);
      if (result?.rowCount === 0) throw notFound(entity.name, id);
    },
  };
}

/** What `update` may not set is refused by the types; a handler forced past them is told here. */
function ownChanges(entity: Entity, values: Values): Values {
  for (const name of Object.keys(values)) {
    const field = entity.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error(`${entity.id} has no field "${name}".`);
    if (field.kind === "state") throw new Error(`${entity.id}.${name} is a state: it moves by transition, not by update.`);
    if (field.kind === "id" || field.readonly || field.now) throw new Error(`${entity.id}.${name} is set once, when the row is created.`);
  }
  return values;
}

function sortOf({ sort }: Find): { readonly sort?: { readonly field: string; readonly descending?: true } } {
  if (sort === undefined) return {};
  return { sort: sort.startsWith("-") ? { field: sort.slice(1), descending: true } : { field: sort } };
}
