import { defineRule } from "../../rule.ts";

export const ownContextIsCalledAtomically = defineRule({
  code: "consistency/own-context-is-called-atomically",
  severity: "warning",
  message: "{caller} calls {callee}, a command of its own context, in a transaction apart.",
  why: "If {caller} fails afterwards, what {callee} wrote stays: half of the work is done.",
  fix: "List {callee} under `atomic`, so that both commit together or not at all.",
  check({ model, calls }, report) {
    for (const { kind, id, context } of model.operations) {
      if (kind === "query") continue;
      for (const callee of calls.calleesOf(id)) {
        if (callee.kind === "external" || callee.inside || callee.operation.context !== context) continue;
        if (callee.operation.kind === "command" && callee.operation.writes.length > 0)
          report([id, callee.id], { caller: id, callee: callee.id });
      }
    }
  },
});
