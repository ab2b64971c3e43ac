import { anyoneRole } from "../relational/access.ts";
import type { Entity, Role } from "../model/model.ts";

/**
 * A system that knows no roles is a first try: its entities are open to whoever reaches it, as its operations are, so that ten lines are
 * a backend. With the first role that ends, and each entity is open to whom its access rules name. `security/system-has-roles` says so.
 */
export function openWithoutRoles(entities: readonly Entity[], roles: readonly Role[]): readonly Entity[] {
  if (roles.length > 0) return entities;
  return entities.map((entity) =>
    entity.access.length > 0 ? entity : { ...entity, access: [{ role: anyoneRole, can: ["read", "list", "create", "update", "delete"] }] },
  );
}
