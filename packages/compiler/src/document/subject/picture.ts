import type { Event, Field } from "@archwright/model";
import type { Graph } from "../block.ts";
import type { Subject } from "../section.ts";
import { crossingsOf, processesOf, type Crossings } from "./crossings.ts";
import { isDecided } from "./decided.ts";
import { personalIn } from "./personal.ts";

/** Who speaks to whom over which boundary, and which of it is personal data. */
export function dataFlowPicture(subject: Subject): Graph {
  const { model, design } = subject;
  const crossings = crossingsOf(subject);
  const processes = processesOf(subject);
  const inside = (context: string): string => `process ${processes.findIndex((contexts) => contexts.includes(context))}`;
  const reached = new Set([...crossings.calls, ...crossings.webhooks].map(({ integration }) => integration.name));
  const hasEvents = crossings.events.length + crossings.messages.length + crossings.webhooks.length > 0;
  const isOwnQueue = hasEvents && !isDecided(design, "broker", "postgres-outbox");
  const hasData = model.entities.length > 0;
  return {
    nodes: [
      ...clientNodes(crossings),
      ...model.contexts.map(({ name }) => ({ id: `context ${name}`, label: name, shape: "box" as const, inside: inside(name) })),
      ...(hasData ? [{ id: "database", label: `${model.name}'s data`, shape: "store" as const, inside: "kept" }] : []),
      ...(isOwnQueue ? [{ id: "events", label: "events", shape: "queue" as const, inside: "kept" }] : []),
      ...model.integrations
        .filter(({ name }) => reached.has(name))
        .map(({ name }) => ({ id: `third ${name}`, label: name, shape: "outside" as const })),
      ...channelsOf(crossings).map((channel) => ({ id: `channel ${channel}`, label: `${channel} service`, shape: "outside" as const })),
    ],
    groups: [
      ...processes.map((contexts, place) => ({
        id: `process ${place}`,
        label: processes.length === 1 ? `${model.name}, one process` : `process of ${contexts.join(", ")}`,
        isBoundary: true as const,
      })),
      ...(hasData || isOwnQueue ? [{ id: "kept", label: "what keeps data", isBoundary: true as const }] : []),
    ],
    edges: merged([...outsideFlows(subject, crossings), ...insideFlows(subject, crossings, isOwnQueue)]),
  };
}

/** Between us and clients, third parties and whoever delivers messages. */
function outsideFlows({ facts }: Subject, { clients, calls, webhooks, messages }: Crossings): readonly Flow[] {
  const contextOf = (id: string): string => facts.items.operations.get(id)?.context ?? facts.items.jobs.get(id)?.context ?? "";
  return [
    ...clients.flatMap(({ who, item, sent, answered }) =>
      who.map((role) => flow(`role ${role}`, `context ${item.context}`, "solid", [...sent, ...answered])),
    ),
    ...calls.flatMap(({ integration, call, callers }) =>
      callers.map((id) => flow(`context ${contextOf(id)}`, `third ${integration.name}`, "solid", call.input)),
    ),
    ...webhooks.flatMap(({ integration, event, reactions }) =>
      reactions.map(({ context }) => flow(`third ${integration.name}`, `context ${context}`, "dashed", event.fields)),
    ),
    ...messages.flatMap(({ context, by }) => by.map((channel) => flow(`context ${context}`, `channel ${channel}`, "dashed"))),
  ];
}

/** Between contexts, and to what keeps their data. */
function insideFlows({ model }: Subject, { processes, events }: Crossings, isOwnQueue: boolean): readonly Flow[] {
  const owners = [...new Set(model.entities.map(({ context }) => context))];
  return [
    ...processes.map(({ from, to }) => flow(`context ${from}`, `context ${to}`, "solid")),
    ...events.flatMap(({ event, reactions }) => reactions.flatMap(({ context }) => eventFlows(event, context, isOwnQueue))),
    ...owners.map((name) => flow(`context ${name}`, "database", "solid")),
  ];
}

const flow = (from: string, to: string, line: Flow["line"], fields: readonly Field[] = []): Flow => ({
  from,
  to,
  line,
  personal: personalIn(fields).length,
});

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly personal: number;
  readonly line: "solid" | "dashed";
}

/** Events of a queue of its own pass through it; those of the database stay between the contexts. */
function eventFlows({ context: from = "", fields }: Event, to: string, isOwnQueue: boolean): readonly Flow[] {
  if (isOwnQueue) return [flow(`context ${from}`, "events", "dashed", fields), flow("events", `context ${to}`, "dashed", fields)];
  return from === to ? [] : [flow(`context ${from}`, `context ${to}`, "dashed", fields)];
}

/** One line for all that goes the same way, with the greatest number of personal fields that goes it at once. */
function merged(flows: readonly Flow[]): Graph["edges"] {
  const lines = new Map<string, Flow>();
  for (const flow of flows) {
    const key = `${flow.from}>${flow.to}>${flow.line}`;
    const known = lines.get(key);
    if (!known || known.personal < flow.personal) lines.set(key, flow);
  }
  return [...lines.values()].map(({ from, to, personal, line }) => ({ from, to, line, ...(personal > 0 && { label: "personal data" }) }));
}

function clientNodes({ clients }: Crossings): Graph["nodes"] {
  const roles = [...new Set(clients.flatMap(({ who }) => who))].sort();
  return roles.map((role) => ({ id: `role ${role}`, label: role === "anyone" ? "anyone, not signed in" : role, shape: "person" as const }));
}

const channelsOf = ({ messages }: Crossings): readonly string[] => [...new Set(messages.flatMap(({ by }) => by))].sort();
