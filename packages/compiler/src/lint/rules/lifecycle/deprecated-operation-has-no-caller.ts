import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const deprecatedOperationHasNoCaller = defineRule({
  code: "lifecycle/deprecated-operation-has-no-caller",
  severity: "warning",
  message: '{operation} is deprecated ("{because}") and is still used by {users}.',
  why: "It cannot be taken out while this system itself leans on it, so the outside is asked to do what the inside has not done.",
  fix: "Let {users} do without it.",
  check({ model, calls, events }, report) {
    for (const { id, deprecated } of model.operations) {
      if (deprecated === undefined) continue;
      const users = [...calls.callersOf(id).map((caller) => caller.id), ...events.reactionsBy(id).map((reaction) => reaction.id)];
      if (users.length > 0) report([id, ...users], { operation: id, because: deprecated, users: listed(users) });
    }
  },
});
