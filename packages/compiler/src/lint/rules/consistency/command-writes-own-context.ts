import { defineRule } from "../../rule.ts";

export const commandWritesOwnContext = defineRule({
  code: "consistency/command-writes-own-context",
  severity: "error",
  message: "{writer} writes {entity}, which belongs to {owner}.",
  why: "What {owner} promises of its rows no longer holds, and neither context can be changed or moved without the other.",
  fix: "Call a command of {owner}, or emit an event that {owner} reacts to.",
  check({ model, items }, report) {
    for (const { id, context, writes } of [...model.operations, ...model.jobs]) {
      for (const entity of writes) {
        const owner = items.entities.get(entity)?.context;
        if (owner !== undefined && owner !== context) report([id, entity], { writer: id, entity, owner });
      }
    }
  },
});
