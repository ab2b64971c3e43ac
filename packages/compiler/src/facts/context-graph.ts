import type { Model } from "@archwright/model";
import type { Items } from "./items.ts";
import type { HeldField } from "./nested-fields.ts";

/** One context leans on another: by a reference, a call, or a call inside its transaction. Events do not count: who emits one knows nobody. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** Where it was written: a field, or an operation. */
  readonly path: string;
  /** What is leaned on: an entity, or an operation. */
  readonly target: string;
}

export function dependenciesOf(model: Model, items: Items, fields: readonly HeldField[]): readonly Dependency[] {
  const references = fields.flatMap(({ item, path, field }) => ("entity" in field ? [{ item, path, target: field.entity }] : []));
  const calls = model.operations.flatMap(({ id, atomic, calls: others }) =>
    [...atomic, ...others].map((target) => ({ item: id, path: id, target })),
  );
  return [...references, ...calls].flatMap(({ item, path, target }) => {
    const [from, to] = [contextOf(item, items), contextOf(target, items)];
    return from === undefined || to === undefined || to === from ? [] : [{ from, to, path, target }];
  });
}

const contextOf = (id: string, { entities, operations, events }: Items): string | undefined =>
  (entities.get(id) ?? operations.get(id) ?? events.get(id))?.context;

/** The shortest cycle of each context that lies in one, as the dependencies that close it; none for a context that an earlier cycle names. */
export function contextCycles(dependencies: readonly Dependency[]): readonly (readonly Dependency[])[] {
  const first = new Map<string, Map<string, Dependency>>();
  for (const dependency of dependencies) {
    const outgoing = first.get(dependency.from) ?? new Map<string, Dependency>();
    first.set(dependency.from, outgoing);
    if (!outgoing.has(dependency.to)) outgoing.set(dependency.to, dependency);
  }
  const inCycle = new Set<string>();
  return [...first.keys()].sort().flatMap((start) => {
    if (inCycle.has(start)) return [];
    const cycle = shortestCycle(start, first);
    for (const { from } of cycle) inCycle.add(from);
    return cycle.length > 0 ? [cycle] : [];
  });
}

function shortestCycle(start: string, outgoing: ReadonlyMap<string, ReadonlyMap<string, Dependency>>): readonly Dependency[] {
  const wayTo = new Map<string, readonly Dependency[]>([[start, []]]);
  for (const [context, way] of wayTo) {
    for (const dependency of outgoing.get(context)?.values() ?? []) {
      const longer = [...way, dependency];
      if (dependency.to === start) return longer;
      if (!wayTo.has(dependency.to)) wayTo.set(dependency.to, longer);
    }
  }
  return [];
}
