import type { OperationCallee } from "../../../facts/call-graph.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const twoWritesShareATransaction = defineRule({
  code: "consistency/two-writes-share-a-transaction",
  severity: "warning",
  message: "{caller} writes {own}, and calls {callee}, which writes {other} in a transaction of its own.",
  why: "If the second of the two fails, the first stays, and nothing undoes it.",
  fix: "List {callee} under `atomic` to commit both at once, or emit an event and let {context} react to it.",
  check({ model, calls }, report) {
    for (const { id, context, writes } of model.operations) {
      if (writes.length === 0) continue;
      const callees = calls.calleesOf(id).filter((callee): callee is OperationCallee => callee.kind === "operation" && !callee.inside);
      for (const { id: callee, operation } of callees) {
        if (operation.context === context || operation.writes.length === 0) continue;
        report([id, callee], { caller: id, own: listed(writes), callee, other: listed(operation.writes), context: operation.context });
      }
    }
  },
});
