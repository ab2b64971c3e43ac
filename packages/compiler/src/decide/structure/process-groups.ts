import type { Facts } from "../../facts/facts.ts";
import { groupsOf } from "../../facts/groups.ts";
import type { Items } from "../../facts/items.ts";
import { not, one, type Formula } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";

/** Which contexts can only run together, and which belong to the same people. */
export interface ProcessGroups {
  /** The names of contexts; those of one owner and those that one transaction binds are in one group. */
  readonly groups: readonly (readonly string[])[];
  /** The place of the group of a context. */
  readonly groupOf: (context: string) => number;
  /** The names of contexts, apart from each other but for those that one transaction binds. */
  readonly bound: readonly (readonly string[])[];
  readonly boundOf: (context: string) => number;
  /** What runs inside a transaction of another context. */
  readonly bindings: readonly Crossing[];
  /** Calls of another context that are transactions of their own. */
  readonly crossings: readonly Crossing[];
}

/** An operation or a job of one context runs an operation of another. */
export interface Crossing {
  readonly caller: string;
  readonly callee: string;
  readonly from: string;
  readonly to: string;
}

/** Linear in the number of contexts, operations and calls. */
export function processGroupsOf({ model, items }: Pick<Facts, "model" | "items">): ProcessGroups {
  const bindings = [...model.operations, ...model.jobs].flatMap((caller) => crossingsOf(caller, caller.atomic, items));
  const groups = joined(
    model.contexts.map(({ name, owner = "" }) => ({ name, owner })),
    bindings,
  );
  const bound = joined(
    model.contexts.map(({ name }) => ({ name, owner: name })),
    bindings,
  );
  return {
    groups,
    groupOf: placeIn(groups),
    bound,
    boundOf: placeIn(bound),
    bindings,
    crossings: model.operations.flatMap((caller) => crossingsOf(caller, caller.calls, items)),
  };
}

function placeIn(groups: readonly (readonly string[])[]): (context: string) => number {
  const placeOf = new Map(groups.flatMap((group, place) => group.map((name) => [name, place])));
  return (context) => placeOf.get(context) ?? -1;
}

/** Whether two contexts run in one process, as 1 or 0, by what the placement decides. */
export function inOneProcess({ facts, decided }: Pick<Brief, "facts" | "decided">): (context: string, other: string) => Formula {
  const { groupOf, boundOf } = processGroupsOf(facts);
  const placement = decided("placement");
  const always = placement.is("one-process");
  const unlessEachAlone = not(placement.is("process-per-context"));
  return (context, other) => {
    if (boundOf(context) === boundOf(other)) return one;
    return groupOf(context) === groupOf(other) ? unlessEachAlone : always;
  };
}

function crossingsOf(
  { id, context }: { readonly id: string; readonly context: string },
  callees: readonly string[],
  items: Items,
): readonly Crossing[] {
  return callees.flatMap((callee) => {
    const to = items.operations.get(callee)?.context;
    return to === undefined || to === context ? [] : [{ caller: id, callee, from: context, to }];
  });
}

function joined(
  contexts: readonly { readonly name: string; readonly owner: string }[],
  bindings: readonly Crossing[],
): readonly (readonly string[])[] {
  const leaders = new Map(contexts.map(({ name }) => [name, name]));
  const leaderOf = (context: string): string => {
    const next = leaders.get(context) ?? context;
    return next === context ? context : leaderOf(next);
  };
  const firstOfOwner = new Map<string, string>();
  for (const { name, owner } of contexts) {
    const first = firstOfOwner.get(owner);
    if (first === undefined) firstOfOwner.set(owner, name);
    else leaders.set(leaderOf(name), leaderOf(first));
  }
  for (const { from, to } of bindings) leaders.set(leaderOf(from), leaderOf(to));
  return [...groupsOf(contexts, ({ name }) => leaderOf(name)).values()].map((group) => group.map(({ name }) => name));
}
