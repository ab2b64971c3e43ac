import {
  creatableFields,
  routesOf,
  updatableFields,
  type Entity,
  type Event,
  type ExternalCall,
  type Field,
  type Integration,
  type Message,
  type Model,
  type Operation,
  type Reaction,
  type Route,
} from "@archwright/model";
import { processGroupsOf, type Crossing as ContextCrossing } from "../../decide/structure/process-groups.ts";
import type { Subject } from "../section.ts";
import { decisionOn } from "./decided.ts";
import { fieldsReturned } from "./personal.ts";

/** Where data leave the hands of one party, or of one process, for those of another. */
export interface Crossings {
  readonly clients: readonly ClientCrossing[];
  readonly calls: readonly CallCrossing[];
  readonly webhooks: readonly WebhookCrossing[];
  readonly events: readonly EventCrossing[];
  readonly messages: readonly Message[];
  /** Calls between contexts that do not run in one process. */
  readonly processes: readonly ContextCrossing[];
}

/** Somebody outside asks an operation, or the routes of an entity. */
export interface ClientCrossing {
  readonly item: Operation | Entity;
  readonly routes: readonly Route[];
  readonly who: readonly string[];
  readonly sent: readonly Field[];
  readonly answered: readonly Field[];
  readonly isEntity: boolean;
}

export interface CallCrossing {
  readonly integration: Integration;
  readonly call: ExternalCall;
  readonly callers: readonly string[];
}

export interface WebhookCrossing {
  readonly integration: Integration;
  readonly event: Event;
  readonly reactions: readonly Reaction[];
}

export interface EventCrossing {
  readonly event: Event;
  readonly emitters: readonly string[];
  readonly reactions: readonly Reaction[];
}

export function crossingsOf({ model, facts, design }: Subject): Crossings {
  const events = model.events.map((event) => ({
    event,
    emitters: facts.events.emittersOf(event.id),
    reactions: facts.events.reactionsTo(event.id),
  }));
  return {
    clients: clientCrossings(model),
    calls: model.integrations.flatMap((integration) =>
      integration.calls.map((call) => ({ integration, call, callers: facts.calls.callersOf(call.id).map(({ id }) => id) })),
    ),
    webhooks: model.integrations.flatMap((integration) =>
      integration.webhooks.flatMap((id) =>
        events.flatMap(({ event, reactions }) => (event.id === id ? [{ integration, event, reactions }] : [])),
      ),
    ),
    events: events.filter(({ event, reactions }) => event.integration === undefined && reactions.length > 0),
    messages: model.messages,
    processes: processesOf({ model, facts, design }).length < 2 ? [] : apart({ model, facts, design }),
  };
}

/** The contexts of each process, as the placement was decided. */
export function processesOf({ model, facts, design }: Subject): readonly (readonly string[])[] {
  const chosen = decisionOn(design, "placement")?.chosen;
  if (chosen === "process-per-context") return processGroupsOf(facts).bound;
  if (chosen === "process-per-group") return processGroupsOf(facts).groups;
  return model.contexts.length === 0 ? [] : [model.contexts.map(({ name }) => name)];
}

/** Those that share the process of a context, and itself. */
export function processOf(subject: Subject, context: string): readonly string[] {
  return processesOf(subject).find((contexts) => contexts.includes(context)) ?? [];
}

function apart(subject: Subject): readonly ContextCrossing[] {
  const processes = processesOf(subject);
  const placeOf = (context: string): number => processes.findIndex((contexts) => contexts.includes(context));
  return processGroupsOf(subject.facts).crossings.filter(({ from, to }) => placeOf(from) !== placeOf(to));
}

function clientCrossings(model: Model): readonly ClientCrossing[] {
  const routes = routesOf(model);
  const ofOperations = model.operations.flatMap((item): readonly ClientCrossing[] => {
    const own = routes.filter(({ operation }) => operation === item.id);
    const answered = fieldsReturned(item.returns, model);
    return own.length === 0 ? [] : [{ item, routes: own, who: whoMay(own), sent: item.input, answered, isEntity: false }];
  });
  const ofEntities = model.entities.flatMap((item): readonly ClientCrossing[] => {
    const own = routes.filter(({ entity }) => entity === item.id);
    const serves = (kind: Route["kind"]): boolean => own.some((route) => route.kind === kind);
    const writable = new Set([...(serves("create") ? creatableFields(item) : []), ...(serves("update") ? updatableFields(item) : [])]);
    const sent = item.fields.filter((field) => writable.has(field));
    return own.length === 0 ? [] : [{ item, routes: own, who: whoMay(own), sent, answered: item.fields, isEntity: true }];
  });
  return [...ofOperations, ...ofEntities];
}

function whoMay(routes: readonly Route[]): readonly string[] {
  return [...new Set(routes.flatMap(({ roles }) => (roles.kind === "roles" ? roles.roles : [roles.kind])))].sort();
}
