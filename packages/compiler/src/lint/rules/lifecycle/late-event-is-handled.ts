import { groupsOf } from "../../../facts/groups.ts";
import { statesFrom, type Lifecycle } from "../../../facts/lifecycles.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const lateEventIsHandled = defineRule({
  code: "lifecycle/late-event-is-handled",
  severity: "warning",
  message: "{command} moves {entity} to {state} on {event}, which is refused once it is {dead}.",
  why: "The event has happened nevertheless, and may arrive after the other move: it is delivered again until it is given up, and the two sides disagree for good.",
  fix: "Say what happens then: a move from {dead} that leads on (to a refund, a return), or a handler that undoes what {event} tells.",
  check({ model, bodies, lifecycles }, report) {
    const stepsOf = new Map(bodies.map(({ item, steps }) => [item, steps]));
    const lifecyclesOf = groupsOf(lifecycles, ({ entity }) => entity);
    for (const { id, event, command } of model.reactions) {
      for (const step of stepsOf.get(command) ?? []) {
        if (step.kind !== "transition") continue;
        for (const lifecycle of lifecyclesOf.get(step.entity) ?? []) {
          const state = step.to[lifecycle.field];
          const dead = state === undefined ? [] : deadEnds(lifecycle, state);
          if (state === undefined || dead.length === 0) continue;
          report([id, command, `${step.entity}.${lifecycle.field}`], { command, entity: step.entity, state, event, dead: listed(dead) });
        }
      }
    }
  },
});

/** Where some operation may have taken the row instead, and from where nothing leads to the state any more. What follows the state itself is no such place. */
function deadEnds({ moves, targets }: Lifecycle, state: string): readonly string[] {
  const sources = Object.keys(moves).filter((source) => moves[source]?.includes(state));
  const beyond = statesFrom(state, moves);
  const instead = new Set(sources.flatMap((source) => moves[source] ?? []));
  return [...instead].filter((other) => targets.has(other) && !beyond.has(other) && !statesFrom(other, moves).has(state));
}
