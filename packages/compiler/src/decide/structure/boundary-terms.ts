import { constant, difference, named, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { needAtMost, type Brief, type Need } from "../rule.ts";
import type { ContextShape } from "./context-shape.ts";

const toCalibrate = "to be calibrated by the team";
const couplingMax = constant(
  "boundary-coupling",
  "references and calls to one neighbour for each entity and operation of a context",
  2,
  "count",
  "general",
  toCalibrate,
  [1, 4],
);
const bindingWeight = constant(
  "boundary-binding",
  "dependencies that a call inside a transaction counts for",
  3,
  "count",
  "general",
  "neither side can be changed, moved or restored without the other",
  [1, 10],
);
const entitiesMax = constant(
  "boundary-entities",
  "entities that one context can hold in the same words",
  25,
  "count",
  "general",
  toCalibrate,
  [12, 60],
);
const operationsEach = constant(
  "boundary-operations",
  "operations that one person keeps an eye on",
  30,
  "count",
  "general",
  toCalibrate,
  [10, 80],
);
export const crossingHours = constant(
  "boundary-crossing",
  "hours in a month for a reference or a call across a boundary",
  0.1,
  "hours",
  "general",
  toCalibrate,
  [0.02, 0.5],
);
export const blurHours = constant(
  "boundary-blur",
  "hours in a month that a boundary saves by being there",
  1.5,
  "hours",
  "general",
  toCalibrate,
  [0.5, 8],
);
export const moveHours = constant(
  "boundary-move",
  "hours in a month, over a year, for an entity or an operation that moves",
  0.05,
  "hours",
  "general",
  "half an hour each",
  [0.01, 0.5],
);

/** What is counted of a context, as formulas. */
export interface Size {
  readonly entities: Formula;
  readonly operations: Formula;
  readonly dependencies: Formula;
}

export function sizeOf({ context: { name }, entities, operations, dependencies }: ContextShape): Size {
  return {
    entities: counted(`${name}.entities`, `entities of ${name}`, entities.length, name),
    operations: counted(`${name}.operations`, `operations of ${name}`, operations, name),
    dependencies: counted(`${name}.dependencies`, `references and calls between ${name} and others`, dependencies, name),
  };
}

export const sharedWith = (name: string, { context, dependencies }: NonNullable<ContextShape["neighbour"]>): Formula =>
  counted(`${name}.shared`, `references and calls between ${name} and ${context.name}`, dependencies, name);

/** A part of the whole team belongs to each owner. */
export function sizeNeeds(
  { model, quantities }: Brief,
  what: string,
  { entities, operations }: Pick<Size, "entities" | "operations">,
): readonly Need[] {
  const owners = new Set(model.contexts.flatMap(({ owner }) => owner ?? [])).size;
  const people = quotient(quantities.promises.team, counted("owners", "owners of contexts", Math.max(1, owners), model.name));
  return [
    needAtMost(entities, entitiesMax, `nobody knows all words of ${what}`),
    needAtMost(operations, product(people, operationsEach), `the people who own it cannot keep an eye on all operations of ${what}`),
  ];
}

export function couplingNeeds({ context: { name }, neighbour }: ContextShape, size: Size): readonly Need[] {
  if (!neighbour) return [];
  const bindings = counted(
    `${name}.bound`,
    `calls inside transactions between ${name} and ${neighbour.context.name}`,
    neighbour.bindings,
    name,
  );
  const more = product(bindings, difference(bindingWeight, one));
  return [
    needAtMost(
      named(
        `${name}.coupling`,
        `references and calls between ${name} and ${neighbour.context.name}, for each entity and operation of ${name}`,
        "count",
        quotient(sum(sharedWith(name, neighbour), more), sum(size.entities, size.operations)),
      ),
      couplingMax,
      `most of what changes in ${name} changes ${neighbour.context.name} too`,
    ),
  ];
}
