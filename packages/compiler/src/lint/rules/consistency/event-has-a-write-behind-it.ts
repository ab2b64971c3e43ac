import type { Facts } from "../../../facts/facts.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const eventHasAWriteBehindIt = defineRule({
  code: "consistency/event-has-a-write-behind-it",
  severity: "warning",
  message: "{command} calls {callees} and emits {events}, and writes nothing.",
  why: "An event is kept by the transaction of a write. Here it is the only record: if the process dies after the call, the thing is done and nobody is told.",
  fix: "Write a row of {context} that says what is about to be done, and emit the event when the row says that it is.",
  check(facts, report) {
    for (const { kind, id, context, emits } of facts.model.operations) {
      if (kind !== "command" || emits.length === 0 || writesInside(id, facts)) continue;
      const callees = facts.calls
        .calleesOf(id)
        .filter((callee) => callee.kind === "external" || (!callee.inside && callee.operation.kind === "command"));
      if (callees.length === 0) continue;
      const ids = callees.map((callee) => callee.id);
      report([id, ...ids], { command: id, callees: listed(ids), events: listed(emits), context });
    }
  },
});

/** Whether the operation's own transaction writes a row, by itself or by what runs inside it. */
function writesInside(id: string, { items, calls }: Facts): boolean {
  if ((items.operations.get(id)?.writes.length ?? 0) > 0) return true;
  return calls.calleesOf(id).some((callee) => callee.kind === "operation" && callee.inside && callee.operation.writes.length > 0);
}
