import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const stateCanBeReached = defineRule({
  code: "lifecycle/state-can-be-reached",
  severity: "warning",
  message: "No move of {field} leads from {initial}, where a row begins, to {states}.",
  why: "A state that no row is ever in is checked for, drawn and tested in vain, and hides the move that somebody forgot.",
  fix: "Add the move that leads there, or take the state out.",
  check({ lifecycles }, report) {
    for (const { entity, field, initial, moves, reachable } of lifecycles) {
      const unreached = Object.keys(moves).filter((state) => !reachable.has(state));
      if (unreached.length > 0) report(`${entity}.${field}`, { field: `${entity}.${field}`, initial, states: listed(unreached) });
    }
  },
});
