import type { Lifecycle } from "../../../facts/lifecycles.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const stateCanBeLeft = defineRule({
  code: "lifecycle/state-can-be-left",
  severity: "warning",
  message: "No operation takes {entity} out of {states}.",
  why: "The lifecycle has it go on to {next}, and nobody can bring that about: each row stays there for ever.",
  fix: "Write the command that makes the move, or take the move out of {field}.",
  check({ lifecycles }, report) {
    for (const lifecycle of lifecycles) {
      const stuck = stuckStates(lifecycle);
      const { entity, field, moves } = lifecycle;
      const next = [...new Set(stuck.flatMap((state) => moves[state] ?? []))];
      if (stuck.length > 0)
        report(`${entity}.${field}`, { entity, field: `${entity}.${field}`, states: listed(stuck), next: next.join(" or ") });
    }
  },
});

/** States that declare moves of which no body makes one. Code that is not data may make any. */
function stuckStates({ moves, reachable, targets, opaque }: Lifecycle): readonly string[] {
  if (opaque) return [];
  return Object.entries(moves).flatMap(([state, next]) =>
    reachable.has(state) && next.length > 0 && !next.some((to) => targets.has(to)) ? [state] : [],
  );
}
