import { evaluate, holds, recordToJson, type Body, type Expression, type Step, type StepKind, type Values } from "@archwright/model";
import type { Result, Statement } from "../database/batch.ts";
import { pageFailure } from "./cursor.ts";
import type { EntityTable } from "./entity-table.ts";
import { declaredError, emitted, notFound, type Frame } from "./frame.ts";
import { newRow } from "./new-row.ts";
import { explainRefusal } from "./refusal.ts";

/** The variables of a body: `input`, `me`, `now`, and what its steps named so far. */
export type Environment = Readonly<Record<string, unknown>>;

/** Runs a recorded body step by step, and answers with its result. */
export async function runBody(body: Body, environment: Environment, frame: Frame): Promise<unknown> {
  const known = await runSteps(body.steps, environment, frame);
  return body.result === undefined ? undefined : evaluate(body.result, known);
}

async function runSteps(steps: readonly Step[], before: Environment, frame: Frame): Promise<Environment> {
  let known = before;
  for (const step of steps) {
    const named = await runStep(step, known, frame);
    if ("as" in step) known = { ...known, [step.as]: named };
  }
  return known;
}

function runStep(step: Step, known: Environment, frame: Frame): Promise<unknown> {
  if (step.kind === "each") return runEach(step, known, frame);
  return isRowStep(step) ? runRowStep(step, known, frame) : runners[step.kind](step as never, known, frame); // The record is keyed by the step's own kind.
}

type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

const runners: {
  readonly [K in Exclude<StepKind, RowStep["kind"] | "each">]: (step: StepOf<K>, known: Environment, frame: Frame) => Promise<unknown>;
} = {
  async page(step, known, frame) {
    const table = frame.work.tables.of(step.entity);
    const { limit = 20, after } = frame.page ?? (step.limit === undefined ? {} : { limit: step.limit });
    const reading = table.page(frame, {
      ...(step.where && { where: step.where }),
      ...(step.sort && { sort: step.sort }),
      limit: Math.min(limit, step.limit ?? limit),
      ...(after !== undefined && { after }),
      environment: known,
    });
    return reading.catch((error: unknown) => {
      throw pageFailure(error, after);
    });
  },
  async require(step, known, frame) {
    if (!holds(step.condition, known)) throw declaredError(frame, step.otherwise);
  },
  async atomic(step, known, frame) {
    return frame.work.atomic(step.operation, valuesOf(step.input, known), frame.identity.caller);
  },
  async emit(step, known, frame) {
    const { fields } = frame.work.lookup.event(step.event);
    frame.work.emitted.push(emitted(step.event, recordToJson(fields, valuesOf(step.payload, known))));
  },
};

/** A step that is one statement about one entity's rows (and those that they own). */
type RowStep = StepOf<"get" | "create" | "update" | "transition" | "change" | "remove">;
const rowSteps: ReadonlySet<StepKind> = new Set(["get", "create", "update", "transition", "change", "remove"]);
const isRowStep = (step: Step): step is RowStep => rowSteps.has(step.kind);

/** A row step with its values known: what to send, and what to make of the answer. */
interface Prepared {
  readonly statements: readonly Statement[];
  /** Rows are locked in this order, whatever the order of the list, so that two callers cannot wait for each other. */
  readonly lockOrder: string;
  read(results: readonly Result[]): Promise<unknown>;
}

async function runRowStep(step: RowStep, known: Environment, frame: Frame): Promise<unknown> {
  const { session } = frame.work;
  if (step.kind === "create") {
    const { row, statements } = created(step, known, frame);
    await session.runBefore(frame.identity, statements);
    return row;
  }
  const prepared = prepare(step, known, frame);
  return prepared.read(await session.run(frame.identity, prepared.statements));
}

function prepare(step: RowStep, known: Environment, frame: Frame): Prepared {
  if (step.kind === "create") {
    const { row, statements } = created(step, known, frame);
    return { statements, lockOrder: typeof row["id"] === "string" ? row["id"] : "", read: async () => row };
  }
  const table = frame.work.tables.of(step.entity);
  const target = step.kind === "get" ? { kind: "id" as const, id: step.id } : step.target;
  const id = target.kind === "id" ? evaluate(target.id, known) : undefined;
  return {
    statements: statementsOf(step, table, known),
    lockOrder: typeof id === "string" ? id : "",
    async read(results) {
      const result = results.at(-1);
      const row = result?.rows[0];
      if (step.kind === "remove") {
        if (target.kind === "id" && result?.rowCount === 0) throw notFound(table.entity.name, id);
        return undefined;
      }
      if (row) return table.fromRow(row);
      if (target.kind === "where") return null;
      throw step.kind === "get" ? notFound(table.entity.name, id) : await explainRefusal(step, table, id, frame);
    },
  };
}

/** A new row is known before the database has it. */
function created(
  step: StepOf<"create">,
  known: Environment,
  frame: Frame,
): { readonly row: Environment; readonly statements: readonly Statement[] } {
  const table = frame.work.tables.of(step.entity);
  const row = newRow(table.entity, valuesOf(step.values, known), frame.work.context.now);
  return { row, statements: table.insert(row) };
}

function statementsOf(step: Exclude<RowStep, { kind: "create" }>, table: EntityTable, known: Environment): readonly Statement[] {
  switch (step.kind) {
    case "get":
      return [table.get(evaluate(step.id, known))];
    case "update":
      return table.update(step.target, valuesOf(step.values, known), known);
    case "transition":
      return [table.transition(step.target, step.to, known)];
    case "change":
      return [table.change(step.target, step.direction, valuesOf(step.by, known), known)];
    case "remove":
      return [table.remove(step.target, known)];
  }
}

/** An `each` whose items are one row step each goes to the database in one round trip; any other runs item by item. */
async function runEach(step: StepOf<"each">, known: Environment, frame: Frame): Promise<unknown> {
  const items = asList(evaluate(step.list, known));
  const environments = items.map((item) => ({ ...known, [step.item]: item }));
  const [only] = step.steps;
  const results =
    only && step.steps.length === 1 && isRowStep(only)
      ? await runTogether(only, environments, frame)
      : await runInTurn(step.steps, environments, frame);
  return results.map((environment) => (step.result === undefined ? null : evaluate(step.result, environment)));
}

async function runInTurn(steps: readonly Step[], environments: readonly Environment[], frame: Frame): Promise<readonly Environment[]> {
  const results: Environment[] = [];
  for (const environment of environments) results.push(await runSteps(steps, environment, frame));
  return results;
}

async function runTogether(step: RowStep, environments: readonly Environment[], frame: Frame): Promise<readonly Environment[]> {
  const prepared = environments.map((environment) => prepare(step, environment, frame));
  const order = prepared.map((_, index) => index).sort((left, right) => compareText(prepared[left]?.lockOrder, prepared[right]?.lockOrder));
  const results = await frame.work.session.run(
    frame.identity,
    order.flatMap((index) => prepared[index]?.statements ?? []),
  );
  const named: unknown[] = [];
  let next = 0;
  for (const index of order) {
    const count = prepared[index]?.statements.length ?? 0;
    named[index] = await prepared[index]?.read(results.slice(next, next + count));
    next += count;
  }
  return environments.map((environment, index) => ("as" in step ? { ...environment, [step.as]: named[index] } : environment));
}

const compareText = (left = "", right = ""): number => (left < right ? -1 : left > right ? 1 : 0);
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function valuesOf(values: Values, known: Environment): Record<string, unknown> {
  const evaluated: Record<string, unknown> = {};
  for (const name in values) evaluated[name] = evaluate(values[name] as Expression, known); // A name of the record itself.
  return evaluated;
}
