import type { Operation, Step } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { constant, difference, exact, greatest, named, product, quotient, sum, zero, type Formula } from "../formulas/formula.ts";
import { counted, formulaOf, given } from "./given.ts";
import type { LoadFormulas } from "./load.ts";

/** Statements of one run, each of one kind. */
export interface Statements {
  /** Reads of one row, pages, and rows that are written. */
  readonly reads: Formula;
  readonly pages: Formula;
  readonly writes: Formula;
}

const itemsOfList = constant("items-of-input", "items in the list of a request", 3, "count", "general", "usual for a basket", [1, 50]);

/** Read off the body of an operation, or off the declarations of a handler. */
export function statementsOf({ bodies, items }: Facts): (operation: string) => Statements {
  const stepsOf = new Map(bodies.map(({ item, steps }) => [item, steps]));
  const made = new Map<string, Statements>();
  return (id) => {
    const steps = stepsOf.get(id);
    const counts = made.get(id) ?? (steps ? statementsOfSteps(id, steps) : statementsDeclared(id, items.operations.get(id)));
    made.set(id, counts);
    return counts;
  };
}

function statementsOfSteps(id: string, steps: readonly Step[]): Statements {
  const inLoop = new Set(steps.flatMap((step) => (step.kind === "each" ? step.steps : [])));
  const count = (what: string, kinds: readonly Step["kind"][]): Formula => {
    const once = steps.filter((step) => kinds.includes(step.kind) && !inLoop.has(step)).length;
    const looped = steps.filter((step) => kinds.includes(step.kind) && inLoop.has(step)).length;
    const single = counted(`${id}.${what}`, `${what} of ${id}`, once, id);
    return looped === 0
      ? single
      : sum(single, product(counted(`${id}.${what}-of-each`, `${what} of ${id} for each item`, looped, id), itemsOfList));
  };
  return {
    reads: count("reads", ["get"]),
    pages: count("pages", ["page"]),
    writes: count("writes", ["create", "update", "transition", "change", "remove"]),
  };
}

function statementsDeclared(id: string, operation: Operation | undefined): Statements {
  const pages = operation && answersMany(operation) ? 1 : 0;
  return {
    reads: counted(`${id}.reads`, `reads of ${id}`, Math.max(0, (operation?.reads.length ?? 0) - pages), id),
    pages: counted(`${id}.pages`, `pages of ${id}`, pages, id),
    writes: counted(`${id}.writes`, `writes of ${id}`, operation?.writes.length ?? 0, id),
  };
}

/** Whether many rows stand behind an answer: it is a page, or has a list in it. */
function answersMany({ returns }: Operation): boolean {
  if (returns.kind === "record") return returns.fields.some(({ kind }) => kind === "list");
  return returns.kind === "field" && (returns.field.kind === "page" || returns.field.kind === "list");
}

/** How many rows of an entity one run writes. */
export function timesOf({ bodies }: Pick<Facts, "bodies">): (operation: string, entity: string) => Formula {
  const looped = new Set(
    bodies.flatMap(({ item, steps }) =>
      steps.flatMap((step) =>
        step.kind === "each" ? step.steps.flatMap((inner) => ("entity" in inner ? [`${item} ${inner.entity}`] : [])) : [],
      ),
    ),
  );
  return (operation, entity) => (looped.has(`${operation} ${entity}`) ? itemsOfList : exact(1));
}

/** Nothing where a run writes one row, or as many as its statements say. */
export type FurtherRows = (operation: string, entity: string) => Formula | undefined;

/**
 * What a handler writes of an entity besides its first row: where the model says how fast the entity grows, and that is faster than its
 * handlers run, each run writes many.
 */
export function furtherRowsOf({ items, useOf }: Facts, load: LoadFormulas): FurtherRows {
  const furtherOf = formulaOf((entity) => {
    const { creators, opaqueWriters } = useOf(entity);
    const said = items.entities.get(entity)?.expected?.growthPerSecond;
    const makers = opaqueWriters.filter((id) => items.operations.has(id));
    if (said === undefined || creators.length > 0 || makers.length === 0) return zero;
    const name = items.entities.get(entity)?.name ?? entity;
    const growth = given(`${entity}.growth`, `rows of ${name} that a second adds`, "/s", said, entity);
    const perRun = quotient(growth, sum(...makers.map((id) => load.meanOf(id))));
    return named(
      `${entity}.further`,
      `rows of ${name} that a run adds besides the first`,
      "rows",
      greatest(zero, difference(perRun, exact(1))),
    );
  }, zero);
  return (operation, entity) => {
    const further = useOf(entity).opaqueWriters.includes(operation) ? furtherOf(entity) : zero;
    return further === zero ? undefined : further;
  };
}
