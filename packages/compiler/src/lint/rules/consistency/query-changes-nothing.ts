import type { Callee, OperationCallee } from "../../../facts/call-graph.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const queryChangesNothing = defineRule({
  code: "consistency/query-changes-nothing",
  severity: "error",
  message: "{query} is a query and {change}.",
  why: "Browsers, proxies and people repeat a GET whenever they like, and each time it would change something.",
  fix: "Make {query} a command, or take the change out of it.",
  check({ model, calls }, report) {
    for (const { kind, id, writes, emits } of model.operations) {
      if (kind !== "query") continue;
      const change = changeIn({ writes, emits });
      if (change !== undefined) report(id, { query: id, change });
      const through = calls.calleesWithin(id).find(changes);
      if (through) report([id, through.id], { query: id, change: `reaches ${through.id}, which ${changeIn(through.operation) ?? ""}` });
    }
  },
});

const changes = (callee: Callee): callee is OperationCallee => callee.kind === "operation" && changeIn(callee.operation) !== undefined;

function changeIn({ writes, emits }: { readonly writes: readonly string[]; readonly emits: readonly string[] }): string | undefined {
  if (writes.length > 0) return `writes ${listed(writes)}`;
  return emits.length > 0 ? `emits ${listed(emits)}` : undefined;
}
