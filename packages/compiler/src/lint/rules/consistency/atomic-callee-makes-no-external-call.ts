import { defineRule } from "../../rule.ts";

export const atomicCalleeMakesNoExternalCall = defineRule({
  code: "consistency/atomic-callee-makes-no-external-call",
  severity: "error",
  message: "{caller} runs {callee} inside its transaction, and {callee} calls {external}.",
  why: "An open transaction would hold its locks and its connection for as long as {integration} takes, so the runtime refuses the call.",
  fix: "Call {external} before the transaction, or emit an event and call it in the reaction.",
  check({ model, calls }, report) {
    for (const { id } of [...model.operations, ...model.jobs]) {
      for (const callee of calls.calleesOf(id)) {
        if (callee.kind === "external" || !callee.inside) continue;
        const external = calls.calleesOf(callee.id).find((inner) => inner.kind === "external");
        if (external)
          report([id, callee.id], { caller: id, callee: callee.id, external: external.id, integration: external.integration.name });
      }
    }
  },
});
