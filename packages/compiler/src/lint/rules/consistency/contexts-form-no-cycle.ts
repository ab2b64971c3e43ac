import { contextCycles } from "../../../facts/context-graph.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const contextsFormNoCycle = defineRule({
  code: "consistency/contexts-form-no-cycle",
  severity: "error",
  message: "The contexts {contexts} lean on each other in a circle: {links}.",
  why: "None of them can be understood, tested, deployed or moved out without the others.",
  fix: "Turn one of these round: let {last} emit an event that {first} reacts to.",
  check({ dependencies }, report) {
    for (const cycle of contextCycles(dependencies)) {
      const [start, ...rest] = cycle;
      if (!start) continue;
      report([start.path, ...rest.map(({ path }) => path)], {
        contexts: listed(cycle.map(({ from }) => from)),
        links: listed(cycle.map(({ path, target }) => `${path} → ${target}`)),
        first: start.from,
        last: rest.at(-1)?.from ?? start.from,
      });
    }
  },
});
