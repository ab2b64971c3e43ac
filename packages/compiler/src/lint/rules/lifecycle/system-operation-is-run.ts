import { defineRule } from "../../rule.ts";

export const systemOperationIsRun = defineRule({
  code: "lifecycle/system-operation-is-run",
  severity: "info",
  message: "{operation} is for the system alone, and nothing in it runs {operation}.",
  why: "It has no route, no caller, no event and no job: it is code that never runs, or a link that somebody forgot.",
  fix: "React to an event with it, call it, or give it to a job; or let a role call it.",
  check({ model, calls, events }, report) {
    for (const { id, allow } of model.operations) {
      if (allow.kind !== "system" || calls.callersOf(id).length > 0 || events.reactionsBy(id).length > 0) continue;
      report(id, { operation: id });
    }
  },
});
