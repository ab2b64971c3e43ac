import type { Field, FieldOf, Model } from "@archwright/model";
import type { RecordedBody } from "./bodies.ts";
import type { EntityUse } from "./entity-use.ts";
import { groupsOf } from "./groups.ts";

/** The states of an entity, as declared and as the operations move it. */
export interface Lifecycle {
  readonly entity: string;
  readonly field: string;
  readonly initial: string;
  readonly moves: { readonly [state: string]: readonly string[] };
  /** The states that the declared moves lead to, the first one included. */
  readonly reachable: ReadonlySet<string>;
  /** The states that some body moves a row to. A transition starts from every state that may lead there. */
  readonly targets: ReadonlySet<string>;
  /** Whether code that is not data writes the entity: it may move a row anywhere. */
  readonly opaque: boolean;
}

export function lifecyclesOf(model: Model, bodies: readonly RecordedBody[], useOf: (entity: string) => EntityUse): readonly Lifecycle[] {
  const transitions = groupsOf(
    bodies.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "transition" ? [step] : []))),
    ({ entity }) => entity,
  );
  return model.entities.flatMap(({ id, fields }) =>
    fields.filter(isState).map(({ name, initial, moves }) => ({
      entity: id,
      field: name,
      initial,
      moves,
      reachable: statesFrom(initial, moves),
      targets: new Set(transitions.get(id)?.flatMap(({ to }) => to[name] ?? [])),
      opaque: useOf(id).opaqueWriters.length > 0,
    })),
  );
}

const isState = (field: Field): field is FieldOf<"state"> => field.kind === "state";

/** A state and all that the declared moves lead to from there. */
export function statesFrom(state: string, moves: Lifecycle["moves"]): ReadonlySet<string> {
  const reached = new Set([state]);
  for (const next of reached) for (const to of moves[next] ?? []) reached.add(to);
  return reached;
}
