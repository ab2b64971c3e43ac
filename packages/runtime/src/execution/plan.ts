import {
  atomicWithin,
  errorsOf,
  entityRole,
  isPaged,
  lookupOf,
  operationRole,
  routesOf,
  successStatusOf,
  type Field,
  type Handler,
  type Lookup,
  type Model,
  type Operation,
} from "@archwright/model";
import { resultOf, type ResultCodec } from "./result.ts";
import { inputReferences, type InputReference } from "./input-references.ts";

/** Everything about one operation that can be known before the first request. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly handler: Handler | undefined;
  readonly databaseRole: string;
  readonly errors: ReadonlyMap<string, number>;
  readonly references: readonly InputReference[];
  readonly result: ResultCodec;
  readonly isPaged: boolean;
  /** It, or something inside its transaction, emits events. */
  readonly emits: boolean;
  /** What it answers when all is well. */
  readonly status: 200 | 201 | 204;
}

export interface ModelPlan {
  readonly model: Model;
  readonly lookup: Lookup;
  operation(id: string): OperationPlan;
  entityRole(entityId: string): string;
  jobRole(jobId: string): string;
}

export function planModel(model: Model, handlers: ReadonlyMap<string, Handler>): ModelPlan {
  const lookup = lookupOf(model);
  const statuses = new Map(
    routesOf(model).flatMap((route) => (route.kind === "operation" ? [[route.operation, successStatusOf(model, route)] as const] : [])),
  );
  const operations = new Map(
    model.operations.map((operation) => [
      operation.id,
      { ...planOperation(model, lookup, operation, handlers.get(operation.id)), status: statuses.get(operation.id) ?? 200 },
    ]),
  );
  return {
    model,
    lookup,
    operation: (id) => {
      const plan = operations.get(id);
      if (!plan) throw new Error(`The model has no operation "${id}".`);
      return plan;
    },
    entityRole: (id) => entityRole(model.name, id),
    jobRole: (id) => operationRole(model.name, id),
  };
}

function planOperation(model: Model, lookup: Lookup, operation: Operation, handler: Handler | undefined): Omit<OperationPlan, "status"> {
  return {
    operation,
    handler,
    databaseRole: operationRole(model.name, operation.id),
    errors: new Map(errorsOf(model, operation).map(({ name, status }) => [name, status])),
    references: inputReferences(
      lookup,
      operation.input.filter((field) => !isGotFirst(field, operation)),
    ),
    result: resultOf(lookup, operation.returns),
    isPaged: isPaged(operation),
    emits: [operation, ...atomicWithin(model, operation)].some(({ emits }) => emits.length > 0),
  };
}

/**
 * Whether the first thing that a body does is to get the row that a field of the input names. That is then the look at it: the policies
 * of the operation's role and of the entity's own show a caller whom the access rules name the same rows, and the refusal is the same.
 */
function isGotFirst(field: Field, { implementation }: Operation): boolean {
  const [first] = implementation.kind === "body" ? implementation.body.steps : [];
  if (first?.kind !== "get" || first.id.kind !== "field" || field.kind !== "ref") return false;
  const { of, name } = first.id;
  return of.kind === "variable" && of.name === "input" && name === field.name && first.entity === field.entity;
}
