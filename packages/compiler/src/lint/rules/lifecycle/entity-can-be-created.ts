import { rulesFor } from "../../../facts/entity-use.ts";
import { defineRule } from "../../rule.ts";

export const entityCanBeCreated = defineRule({
  code: "lifecycle/entity-can-be-created",
  severity: "warning",
  message: "Nothing creates {entity}: no access rule grants it, and no operation does it.",
  why: "The table stays empty, and whatever reads it, changes it or refers to it finds nothing.",
  fix: 'Grant a role "create", create it in an operation, or accept this check if its rows are seeded.',
  check({ model, useOf }, report) {
    const signedUp = new Set(model.roles.filter(({ signUp }) => signUp === true).map(({ actor }) => actor));
    for (const entity of model.entities) {
      const { creators, readers, writers, opaqueWriters } = useOf(entity.id);
      const isCreated = creators.length > 0 || opaqueWriters.length > 0 || signedUp.has(entity.id) || rulesFor(entity, "create").length > 0;
      const isUsed = readers.length > 0 || writers.length > 0 || entity.access.length > 0;
      if (!isCreated && isUsed) report(entity.id, { entity: entity.id });
    }
  },
});
