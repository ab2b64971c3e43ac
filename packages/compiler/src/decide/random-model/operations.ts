import {
  stepsWithin,
  type Entity,
  type Event,
  type Expression,
  type Integration,
  type Operation,
  type Role,
  type Step,
} from "@archwright/model";
import type { Chance } from "./chance.ts";
import { fieldOf, valuesOf } from "./entities.ts";
import { randomFields } from "./fields.ts";

/** What operations of a context may touch. */
export interface Reach {
  readonly context: string;
  readonly roles: readonly Role[];
  /** Of the context. */
  readonly entities: readonly Entity[];
  readonly events: readonly Event[];
  readonly allEntities: readonly string[];
  readonly integrations: readonly Integration[];
  /** Operations that are there already: whoever calls only these makes no cycle. */
  readonly earlier: readonly Operation[];
}

export function randomOperations(chance: Chance, reach: Reach): readonly Operation[] {
  const made: Operation[] = [];
  chance.times(0, 6, (index) => made.push(randomOperation(chance, { ...reach, earlier: [...reach.earlier, ...made] }, index)));
  return made;
}

function randomOperation(chance: Chance, reach: Reach, index: number): Operation {
  const kind = chance.one(["command", "query"]);
  const name = kind === "command" ? `change${index}` : `look${index}`;
  const roles = reach.roles.map((role) => role.name);
  const allowed = chance.some(roles, 0.5);
  const allow: Operation["allow"] =
    chance.holds(0.25) || (allowed.length === 0 && kind === "command")
      ? { kind: "system" }
      : allowed.length === 0
        ? { kind: "anyone" }
        : { kind: "roles", roles: allowed };
  return {
    kind,
    id: `${reach.context}.${name}`,
    context: reach.context,
    name,
    input: randomFields(chance, reach.allEntities, "input", chance.whole(0, 4)),
    allow,
    allowSaid: true,
    errors: chance.holds(0.3) ? [{ name: "Refused", status: 409 }] : [],
    ...(kind === "command" && chance.holds(0.5) && { idempotent: chance.one(["required", "natural", "no"]) }),
    ...(kind === "query" && chance.holds(0.3) && { staleMs: chance.whole(100, 600_000) }),
    ...(chance.holds(0.4) && { slo: slo(chance) }),
    ...(chance.holds(0.05) && { deprecated: "gone with the next version" }),
    accept: {},
    ...implemented(chance, reach, kind),
  };
}

function slo(chance: Chance): NonNullable<Operation["slo"]> {
  const p99Ms = chance.scale(50, 20_000);
  return {
    p99Ms,
    ...(chance.holds(0.4) && { p50Ms: p99Ms / chance.scale(1, 20) }),
    ...(chance.holds(0.6) && { availability: chance.one([0.9, 0.99, 0.995, 0.999, 0.9995, 0.9999]) }),
  };
}

type Implemented = Pick<Operation, "returns" | "reads" | "writes" | "calls" | "atomic" | "emits" | "implementation">;

function implemented(chance: Chance, reach: Reach, kind: Operation["kind"]): Implemented {
  if (chance.holds(0.5)) return kind === "query" ? queryBody(chance, reach) : commandBody(chance, reach);
  const ids = reach.entities.map(({ id }) => id);
  const calls = [
    ...reach.earlier.filter(({ context }) => context !== reach.context).map(({ id }) => id),
    ...reach.integrations.flatMap((of) => of.calls.map(({ id }) => id)),
  ];
  return {
    returns: randomReturns(chance, reach),
    reads: chance.some(ids, 0.3),
    writes: kind === "command" ? chance.some(ids, 0.3) : [],
    calls: chance.some(calls, 1.2 / Math.max(1, calls.length)),
    atomic: kind === "command" ? chance.some(commandsHere(reach), 0.2) : [],
    emits:
      kind === "command"
        ? chance.some(
            reach.events.map(({ id }) => id),
            0.4,
          )
        : [],
    implementation: { kind: chance.holds(0.8) ? "handler" : "none" },
  };
}

const commandsHere = ({ earlier, context }: Reach): readonly string[] =>
  earlier.filter((operation) => operation.kind === "command" && operation.context === context).map(({ id }) => id);

function randomReturns(chance: Chance, { entities, allEntities }: Reach): Operation["returns"] {
  const entity = chance.any(entities);
  if (chance.holds(0.3)) return { kind: "nothing" };
  if (entity && chance.holds(0.4)) return { kind: "entity", entity: entity.id };
  if (entity && chance.holds(0.4)) return { kind: "field", field: { kind: "page", name: "result", entity: entity.id } };
  return { kind: "record", fields: randomFields(chance, allEntities, "result", chance.whole(1, 4)) };
}

function queryBody(chance: Chance, { entities }: Reach): Implemented {
  const entity = chance.any(entities);
  if (!entity) return bodied([], { kind: "nothing" });
  if (chance.holds(0.5))
    return bodied([{ kind: "get", as: "found", entity: entity.id, id: idOf(entity) }], { kind: "entity", entity: entity.id });
  const text = entity.fields.find((field) => field.kind === "text");
  const where: Expression | undefined = text && {
    kind: "matches",
    of: fieldOf("row", entity.id, text),
    words: { kind: "literal", type: { kind: "text" }, value: "word" },
  };
  return bodied(
    [{ kind: "page", as: "found", entity: entity.id, ...(where && chance.holds(0.5) && { where }), limit: chance.whole(1, 100) }],
    {
      kind: "field",
      field: { kind: "page", name: "result", entity: entity.id },
    },
  );
}

function commandBody(chance: Chance, reach: Reach): Implemented {
  const steps = chance.times(0, 4, (index): readonly Step[] => {
    const entity = chance.any(reach.entities);
    return entity ? changeStep(chance, entity, `step${index}`) : [];
  });
  const atomic = chance
    .some(commandsHere(reach), 0.15)
    .map((operation, index): Step => ({ kind: "atomic", as: `inner${index}`, operation, input: {} }));
  const emits = chance.some(reach.events, 0.4).map(({ id, fields }): Step => ({ kind: "emit", event: id, payload: valuesOf(fields) }));
  return bodied([...steps.flat(), ...atomic, ...emits], { kind: "nothing" });
}

function changeStep(chance: Chance, entity: Entity, as: string): readonly Step[] {
  const target = { kind: "id" as const, id: idOf(entity) };
  const of = { as, entity: entity.id };
  const number = entity.fields.find((field) => field.kind === "int");
  const state = entity.fields.find((field) => field.kind === "state");
  const create: Step = { kind: "create", ...of, values: valuesOf(entity.fields) };
  const kinds: readonly Step[] = [
    create,
    { kind: "get", ...of, id: idOf(entity) },
    { kind: "update", ...of, target, values: valuesOf(entity.fields.slice(0, 2)) },
    { kind: "remove", entity: entity.id, target },
    {
      kind: "each",
      as,
      list: { kind: "literal", type: { kind: "list", fields: [] }, value: [] },
      item: "item",
      steps: [{ ...create, as: `${as}Inner` }],
    },
    ...(number
      ? [{ kind: "change" as const, ...of, target, direction: chance.one(["increase", "decrease"]), by: valuesOf([number]) }]
      : []),
    ...(state ? [{ kind: "transition" as const, ...of, target, to: { [state.name]: "closed" } }] : []),
  ];
  return chance.some(kinds, 1 / kinds.length);
}

function idOf({ id, fields }: Entity): Expression {
  const [field] = fields;
  return field === undefined ? { kind: "literal", type: { kind: "text" }, value: "" } : fieldOf("input", id, field);
}

/** What a body touches is read off its steps. */
export function bodied(steps: readonly Step[], returns: Operation["returns"]): Implemented {
  const all = stepsWithin(steps);
  const touched = (kinds: readonly Step["kind"][]): readonly string[] =>
    sorted(all.flatMap((step) => (kinds.includes(step.kind) && "entity" in step ? [step.entity] : [])));
  return {
    returns,
    reads: touched(["get", "page"]),
    writes: touched(["create", "update", "transition", "change", "remove"]),
    calls: [],
    atomic: sorted(all.flatMap((step) => (step.kind === "atomic" ? [step.operation] : []))),
    emits: sorted(all.flatMap((step) => (step.kind === "emit" ? [step.event] : []))),
    implementation: { kind: "body", body: { steps } },
  };
}

const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
