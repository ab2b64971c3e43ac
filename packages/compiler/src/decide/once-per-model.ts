import type { Entity } from "@archwright/model";
import type { Quantities } from "../quantities/quantities.ts";
import type { Brief } from "./rule.ts";

/**
 * Makes something once for each model, however many decisions ask for it: a number that has a name must be one formula, or supposing it
 * otherwise would change one decision and not the other.
 */
export function oncePerModel<T>(make: (brief: Brief) => T): (brief: Brief) => T {
  const made = new WeakMap<Quantities, { readonly value: T }>();
  return (brief) => {
    const known = made.get(brief.quantities);
    if (known) return known.value;
    const value = make(brief);
    made.set(brief.quantities, { value });
    return value;
  };
}

/** The same for each entity of the model. */
export function oncePerEntity<T>(make: (brief: Brief) => (entity: Entity) => T): (brief: Brief) => (entity: Entity) => T {
  return oncePerModel((brief) => {
    const made = new Map<string, { readonly value: T }>();
    const makeOf = make(brief);
    return (entity) => {
      const known = made.get(entity.id) ?? { value: makeOf(entity) };
      made.set(entity.id, known);
      return known.value;
    };
  });
}
