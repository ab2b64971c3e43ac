import { wordsOf, type Operation } from "@archwright/model";
import type { CallGraph, ExternalCallee } from "./call-graph.ts";
import type { EventFlow } from "./event-flow.ts";
import type { Items } from "./items.ts";
import { wordSet } from "./word-set.ts";

/** The calls by which an operation changes something at a third party. */
export function effectsOutside({ calleesOf }: CallGraph, operation: string): readonly ExternalCallee[] {
  return calleesOf(operation)
    .filter((callee) => callee.kind === "external")
    .filter(({ call }) => !isReading(call.name));
}

/** Whether a call only asks, as far as its name says: nothing is lost if it is made twice. */
export const isReading = (callName: string): boolean => readingVerbs.has(wordsOf(callName)[0] ?? "");

/** Whether a caller fails whenever a call of a third party does. */
export const failsItsCaller = ({ integration }: Pick<ExternalCallee, "integration">): boolean =>
  (integration.onFailure?.then ?? "fail") === "fail";

const readingVerbs = wordSet(`
  get list find fetch search read query lookup look check verify validate estimate quote calculate count geocode translate convert
  resolve retrieve describe preview track download is has
`);

/**
 * Whether every call of a third party waits in a queue of ours before it is made: because the policy queues what fails, or because only
 * commands make it that events alone set going.
 */
export function isQueued(
  { call, integration }: Pick<ExternalCallee, "call" | "integration">,
  facts: { readonly calls: CallGraph; readonly events: EventFlow; readonly items: Items },
): boolean {
  if (integration.onFailure?.then === "queue") return true;
  const callers = facts.calls.callersOf(call.id);
  return callers.length > 0 && callers.every(({ id }) => runsOnEventsOnly(facts.items.operations.get(id), facts));
}

function runsOnEventsOnly(
  operation: Operation | undefined,
  { calls, events }: { readonly calls: CallGraph; readonly events: EventFlow },
): boolean {
  if (operation?.allow.kind !== "system") return false;
  return events.reactionsBy(operation.id).length > 0 && calls.callersOf(operation.id).length === 0;
}
