import type { Lifecycle } from "../../../facts/lifecycles.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const moveIsUsed = defineRule({
  code: "lifecycle/move-is-used",
  severity: "info",
  message: "{field} allows {moves}, and no operation makes the move.",
  why: "Readers, clients and the state diagram count on something that cannot happen.",
  fix: "Write the command that makes it, or take it out.",
  check({ lifecycles }, report) {
    for (const lifecycle of lifecycles) {
      const unused = unusedMoves(lifecycle);
      const field = `${lifecycle.entity}.${lifecycle.field}`;
      if (unused.length > 0) report(field, { field, moves: listed(unused) });
    }
  },
});

/** Of states that can be left some other way: one that cannot be left at all is told by lifecycle/state-can-be-left. */
function unusedMoves({ moves, reachable, targets, opaque }: Lifecycle): readonly string[] {
  if (opaque) return [];
  return Object.entries(moves).flatMap(([state, next]) => {
    const isLeft = reachable.has(state) && next.some((to) => targets.has(to));
    return isLeft ? next.filter((to) => !targets.has(to)).map((to) => `${state} → ${to}`) : [];
  });
}
