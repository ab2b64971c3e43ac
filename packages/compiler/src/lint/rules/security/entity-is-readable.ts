import { rulesFor } from "../../../facts/entity-use.ts";
import { defineRule } from "../../rule.ts";

export const entityIsReadable = defineRule({
  code: "security/entity-is-readable",
  severity: "warning",
  message: "Nobody may read {entity}: no access rule grants it, and no operation reads it or answers with it.",
  why: "Data that is kept and never shown costs storage, backups and, after a leak, an apology, and serves nobody.",
  fix: 'Grant a role "read", read it in an operation, or take the entity out.',
  check({ model, useOf }, report) {
    const actors = new Set(model.roles.map(({ actor }) => actor));
    for (const entity of model.entities) {
      const { readers, opaqueWriters } = useOf(entity.id);
      // A handler may read what it may write, and messages and `me` stand for an actor's row.
      const isRead = readers.length > 0 || opaqueWriters.length > 0 || actors.has(entity.id) || rulesFor(entity, "read", "list").length > 0;
      if (!isRead) report(entity.id, { entity: entity.id });
    }
  },
});
