import type { ExternalCall, Integration, Job, Model, Operation } from "@archwright/model";
import { groupsOf } from "./groups.ts";
import type { Items } from "./items.ts";

/** Who waits for whom. */
export interface CallGraph {
  /** What an operation or a job waits for, in one step. */
  readonly calleesOf: (id: string) => readonly Callee[];
  /** Everything that it waits for, in any number of steps, each once. */
  readonly calleesWithin: (id: string) => readonly Callee[];
  /** Which operations and jobs wait for an operation or an external call, in one step. */
  readonly callersOf: (id: string) => readonly Caller[];
}

export type Callee = OperationCallee | ExternalCallee;

export interface OperationCallee {
  readonly kind: "operation";
  readonly id: string;
  readonly operation: Operation;
  /** Whether it runs inside the caller's transaction. */
  readonly inside: boolean;
}

export interface ExternalCallee {
  readonly kind: "external";
  readonly id: string;
  readonly call: ExternalCall;
  readonly integration: Integration;
}

export interface Caller {
  readonly kind: "operation" | "job";
  readonly id: string;
  readonly inside: boolean;
}

export function callGraphOf(model: Model, items: Items): CallGraph {
  const edges = [...model.operations.flatMap(operationEdges), ...model.jobs.flatMap(jobEdges)];
  const byCaller = groupsOf(edges, ({ caller }) => caller.id);
  const byCallee = groupsOf(edges, ({ callee }) => callee);
  const callees = new Map([...byCaller].map(([id, outgoing]) => [id, outgoing.flatMap((edge) => calleeOf(edge, items))]));
  const calleesOf = (id: string): readonly Callee[] => callees.get(id) ?? [];
  return {
    calleesOf,
    calleesWithin: (id) => reachedFrom(id, calleesOf),
    callersOf: (id) => byCallee.get(id)?.map(({ caller }) => caller) ?? [],
  };
}

interface Edge {
  readonly caller: Caller;
  readonly callee: string;
}

function operationEdges({ id, atomic, calls }: Operation): readonly Edge[] {
  return [
    ...atomic.map((callee) => ({ caller: { kind: "operation" as const, id, inside: true }, callee })),
    ...calls.map((callee) => ({ caller: { kind: "operation" as const, id, inside: false }, callee })),
  ];
}

function jobEdges({ id, atomic, does }: Job): readonly Edge[] {
  const run = does.kind === "command" ? [{ caller: { kind: "job" as const, id, inside: false }, callee: does.command }] : [];
  return [...run, ...atomic.map((callee) => ({ caller: { kind: "job" as const, id, inside: true }, callee }))];
}

function calleeOf({ caller, callee }: Edge, items: Items): readonly Callee[] {
  const operation = items.operations.get(callee);
  if (operation) return [{ kind: "operation", id: callee, operation, inside: caller.inside }];
  const external = items.externalCalls.get(callee);
  return external ? [{ kind: "external", id: callee, ...external }] : [];
}

/** What an operation waits for outside of its own transaction, in one step: what runs inside waits in its name. */
export function waitedBy({ calleesOf }: Pick<CallGraph, "calleesOf">, id: string): readonly Callee[] {
  const within = new Set([id]);
  const waited = new Map<string, Callee>();
  // A set hands out what is added while it is walked.
  for (const each of within)
    for (const callee of calleesOf(each)) {
      if (callee.kind === "operation" && callee.inside) within.add(callee.id);
      else waited.set(callee.id, callee);
    }
  return [...waited.values()];
}

function reachedFrom(id: string, calleesOf: CallGraph["calleesOf"]): readonly Callee[] {
  const reached = new Map<string, Callee>();
  const visit = (from: string): void => {
    for (const callee of calleesOf(from)) {
      if (reached.has(callee.id)) continue;
      reached.set(callee.id, callee);
      visit(callee.id);
    }
  };
  visit(id);
  return [...reached.values()];
}
