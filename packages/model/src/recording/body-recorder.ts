import type { Expression, ValueType } from "../expressions/expression.ts";
import { typeOf } from "../expressions/type-of.ts";
import type { Body, Sort, Step, Target, Values } from "../model/body.ts";
import type { Field } from "../model/field.ts";
import type { Returns } from "../model/model.ts";
import {
  expressionIn,
  expressionValue,
  freshName,
  plainType,
  recording,
  nameOnly,
  recordOver,
  resetNames,
  toExpression,
} from "./expression-recorder.ts";
import type { EntityRecord, OperationRecord } from "./records.ts";
import { recordOf } from "./records.ts";

/** Records a declared body: runs it once over expressions and keeps the steps that it asked for. */
export function recordBody(
  run: (scope: unknown) => unknown,
  input: readonly Field[],
  actor: string | undefined,
  expected: ValueType,
): Body {
  resetNames();
  const steps: Step[] = [];
  const result = recording(() => run(scopeOver(steps, input, actor)));
  const value = result === undefined ? undefined : toExpression(result, expected);
  return { steps, ...(value && { result: value }) };
}

/** A condition of one row, as access rules, invariants and targets have. */
export function recordCondition(holds: (...row: never[]) => unknown, row: readonly Field[], entity: string, me?: unknown): Expression {
  const variable: Expression = { kind: "variable", name: "row", type: { kind: "row", entity } };
  const call = holds as (...given: unknown[]) => unknown; // The language typed its parameters; here they are expressions in their stead.
  return recording(() => toExpression(call(recordOver(variable, row), me), { kind: "bool" }));
}

export function meOver(actor: string | undefined): unknown {
  const me: Expression = { kind: "variable", name: "me", type: { kind: "record", fields: [] } };
  const type: ValueType = actor === undefined ? { kind: "text" } : { kind: "ref", entity: actor };
  return {
    id: expressionValue({ kind: "field", of: me, name: "id", type }),
    is: (role: { name: string }) => expressionValue({ kind: "hasRole", role: role.name }),
  };
}

function scopeOver(steps: Step[], input: readonly Field[], actor: string | undefined): object {
  const collector = collectInto(steps);
  return {
    input: recordOver(nameOnly("input"), input),
    me: meOver(actor),
    now: expressionValue({ kind: "variable", name: "now", type: { kind: "time" } }),
    fail: (error: string) => ({ kind: "refusal", error }),
    ...readingWords(collector),
    ...writingWords(collector),
    ...composingWords(collector),
  };
}

/** Where steps go: into the body, or into the `each` that is being recorded. */
interface Collector {
  add(step: Step): void;
  /** The steps that a function asks for, and what it answers. */
  collect<T>(run: () => T): { readonly steps: readonly Step[]; readonly answered: T };
}

function collectInto(body: Step[]): Collector {
  let steps = body;
  return {
    add: (step) => void steps.push(step),
    collect(run) {
      const [outer, inner] = [steps, [] as Step[]];
      steps = inner;
      const answered = run();
      steps = outer;
      return { steps: inner, answered };
    },
  };
}

function readingWords({ add }: Collector): object {
  return {
    get(entity: object, id: unknown) {
      const { id: name } = entityOf(entity);
      const as = nameFor(name);
      add({ kind: "get", as, entity: name, id: toExpression(id, { kind: "ref", entity: name }) });
      return rowNamed(as, entity);
    },
    page(entity: object, { where, sort, limit }: PageQuery = {}) {
      const { id, fields } = entityOf(entity);
      const as = freshName("page");
      const condition = where && recordCondition(where, fields, id);
      add({
        kind: "page",
        as,
        entity: id,
        ...(condition && { where: condition }),
        ...(sort && { sort: sortOf(sort) }),
        ...(limit !== undefined && { limit }),
      });
      return expressionValue({ kind: "variable", name: as, type: { kind: "page", entity: id } });
    },
    require(condition: unknown, otherwise: Refusal) {
      add({ kind: "require", condition: toExpression(condition, { kind: "bool" }), otherwise: otherwise.error });
    },
  };
}

function writingWords({ add }: Collector): object {
  const onRow =
    (kind: "update" | "transition" | "increase" | "decrease") =>
    (entity: object, target: unknown, values: Record<string, unknown>, otherwise?: Refusal) => {
      const { id, fields } = entityOf(entity);
      const as = nameFor(id);
      const found = { as, entity: id, target: targetOf(target, entity) };
      if (kind === "update") add({ kind, ...found, values: valuesOf(values, fields) });
      else if (kind === "transition") add({ kind, ...found, to: values as Record<string, string>, ...errorOf(otherwise) }); // The language allows names of states only.
      else add({ kind: "change", ...found, direction: kind, by: valuesOf(values, fields), ...errorOf(otherwise) });
      return rowNamed(as, entity);
    };
  return {
    create(entity: object, values: Record<string, unknown>) {
      const { id, fields } = entityOf(entity);
      const as = nameFor(id);
      add({ kind: "create", as, entity: id, values: valuesOf(values, fields) });
      return rowNamed(as, entity);
    },
    update: onRow("update"),
    transition: onRow("transition"),
    increase: onRow("increase"),
    decrease: onRow("decrease"),
    remove(entity: object, target: unknown) {
      add({ kind: "remove", entity: entityOf(entity).id, target: targetOf(target, entity) });
    },
  };
}

function composingWords({ add, collect }: Collector): object {
  return {
    each(list: unknown, once: (item: unknown) => unknown) {
      const over = toExpression(list, { kind: "unknown" });
      const [item, as] = [freshName("item"), freshName("each")];
      const { steps, answered } = collect(() => once(recordOver(nameOnly(item), fieldsOfList(typeOf(over)))));
      const result = answered === undefined ? undefined : toExpression(answered, { kind: "unknown" });
      add({ kind: "each", as, list: over, item, steps, ...(result && { result }) });
      return expressionValue({
        kind: "variable",
        name: as,
        type: { kind: "list", fields: result ? fieldsOfResult(result, answered) : [] },
      });
    },
    atomic(operation: object, input: Record<string, unknown>) {
      const callee = recordOf<OperationRecord>(operation, "operation");
      const as = freshName(callee.name);
      add({ kind: "atomic", as, operation: callee.id, input: valuesOf(input, callee.input) });
      return outcomeOf(as, callee.returns, callee.returnedEntity);
    },
    emit(event: object, payload: Record<string, unknown>) {
      const { id, fields } = recordOf<EntityRecord>(event, "event");
      add({ kind: "emit", event: id, payload: valuesOf(payload, fields) });
    },
  };
}

interface Refusal {
  readonly error: string;
}
interface PageQuery {
  readonly where?: (row: never) => unknown;
  readonly sort?: string;
  readonly limit?: number;
}

const errorOf = (otherwise: Refusal | undefined): { otherwise?: string } => (otherwise ? { otherwise: otherwise.error } : {});
const entityOf = (entity: object): EntityRecord => recordOf<EntityRecord>(entity, "entity");
const sortOf = (sort: string): Sort => (sort.startsWith("-") ? { field: sort.slice(1), descending: true } : { field: sort });

function nameFor(entityId: string): string {
  const name = entityId.slice(entityId.indexOf(".") + 1);
  return freshName(name.charAt(0).toLowerCase() + name.slice(1));
}

function rowNamed(as: string, entity: object): Record<string, unknown> {
  const { id, fields } = entityOf(entity);
  return recordOver({ kind: "variable", name: as, type: { kind: "row", entity: id } }, fields);
}

function targetOf(target: unknown, entity: object): Target {
  const { id, fields } = entityOf(entity);
  if (typeof target === "function") return { kind: "where", condition: recordCondition(target as (row: never) => unknown, fields, id) }; // A Where of the language.
  return { kind: "id", id: toExpression(target, { kind: "ref", entity: id }) };
}

export function valuesOf(values: Record<string, unknown>, fields: readonly Field[]): Values {
  const said = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    said.map(([name, value]) => {
      const field = fields.find((candidate) => candidate.name === name);
      return [name, toExpression(value, field ? plainType(field) : { kind: "unknown" })];
    }),
  );
}

const fieldsOfList = (type: ValueType): readonly Field[] => (type.kind === "list" ? type.fields : []);

/** The fields of what an `each` collects: a record's own, or the entity's when each item ends in a row. */
function fieldsOfResult(result: Expression, answered: unknown): readonly Field[] {
  const type = typeOf(result);
  if (type.kind === "record") return type.fields;
  if (type.kind !== "row" || typeof answered !== "object" || answered === null) return [];
  return Object.entries(answered).flatMap(([name, value]) => {
    const inner = expressionIn(value);
    const innerType = inner && typeOf(inner);
    return innerType && innerType.kind !== "row" && innerType.kind !== "record" && innerType.kind !== "unknown"
      ? [{ ...innerType, name }]
      : [];
  });
}

function outcomeOf(as: string, returns: Returns, returnedEntity: object | undefined): unknown {
  if (returns.kind === "nothing") return undefined;
  if (returns.kind === "field") return expressionValue({ kind: "variable", name: as, type: plainType(returns.field) });
  if (returns.kind === "record") return recordOver(nameOnly(as), returns.fields);
  return returnedEntity && rowNamed(as, returnedEntity);
}
