import { anyoneRole } from "@archwright/model";
import { counted, listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const systemHasRoles = defineRule({
  code: "security/system-has-roles",
  severity: "info",
  message: "{system} knows no roles, so whoever reaches it may {deeds}.",
  why: "That does for a first try and behind a gateway that signs people in. Anywhere else it is an open door.",
  fix: "Declare a role, say `allow` at the operations and `access` at the entities: with the first role, what is not granted is closed.",
  check({ model }, report) {
    if (model.roles.length > 0) return;
    const operations = model.operations.filter(({ allowSaid }) => !allowSaid).length;
    const entities = model.entities.filter(({ access }) => access.some(({ role }) => role === anyoneRole)).map(({ id }) => id);
    const deeds = [
      ...(operations > 0 ? [`call ${counted(operations, "operation")}`] : []),
      ...(entities.length > 0 ? [`change every row of ${listed(entities)}`] : []),
    ];
    if (deeds.length > 0) report(model.name, { system: model.name, deeds: listed(deeds) });
  },
});
