import type { Facts } from "./facts.ts";
import { groupsOf } from "./groups.ts";

/** What passes between two contexts, or a context and a third party, one way. */
export interface ContextLink {
  readonly from: ContextEnd;
  readonly to: ContextEnd;
  /** In the caller's transaction, waited for, told as an event, or only known by its id. */
  readonly kind: "atomic" | "call" | "event" | "ids";
  readonly names: readonly string[];
}

export interface ContextEnd {
  readonly kind: "context" | "third party";
  readonly name: string;
}

/** One link for each pair and kind, with the names of what passes. Ids are told where nothing else joins the two. */
export function contextLinks(facts: Facts): readonly ContextLink[] {
  const all = [...calls(facts), ...events(facts)];
  const joined = new Set(all.map(pairOf));
  return merged([...all, ...references(facts).filter((link) => !joined.has(pairOf(link)))]);
}

const context = (name: string): ContextEnd => ({ kind: "context", name });
const thirdParty = (name: string): ContextEnd => ({ kind: "third party", name });
const keyOf = ({ kind, name }: ContextEnd): string => `${kind} ${name}`;
const pairOf = ({ from, to }: ContextLink): string => [keyOf(from), keyOf(to)].sort().join("\n");

function merged(all: readonly ContextLink[]): readonly ContextLink[] {
  const groups = groupsOf(
    all.filter(({ from, to }) => keyOf(from) !== keyOf(to)),
    ({ from, to, kind }) => [keyOf(from), keyOf(to), kind].join("\n"),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, names: [...new Set([first, ...others].flatMap(({ names }) => names))].sort() }] : [],
  );
}

function calls({ model, items, calls: graph }: Facts): readonly ContextLink[] {
  return [...model.operations, ...model.jobs].flatMap(({ id, context: name }) =>
    graph.calleesOf(id).map((callee): ContextLink => {
      if (callee.kind === "external")
        return { from: context(name), to: thirdParty(callee.integration.name), kind: "call", names: [callee.call.name] };
      const to = context(items.operations.get(callee.id)?.context ?? name);
      return { from: context(name), to, kind: callee.inside ? "atomic" : "call", names: [callee.operation.name] };
    }),
  );
}

function events({ model, items }: Facts): readonly ContextLink[] {
  return [...model.reactions, ...model.messages].flatMap(({ context: name, event: id }) => {
    const event = items.events.get(id);
    if (!event) return [];
    const from = event.integration === undefined ? context(event.context ?? name) : thirdParty(event.integration);
    return [{ from, to: context(name), kind: "event" as const, names: [event.name] }];
  });
}

function references({ dependencies, items }: Facts): readonly ContextLink[] {
  return dependencies.flatMap(({ from, to, target }) => {
    const entity = items.entities.get(target);
    return entity ? [{ from: context(from), to: context(to), kind: "ids" as const, names: [entity.name] }] : [];
  });
}
