import type { Entity, Event, ExternalCall, Integration, Job, Model, Operation, Role } from "./model.ts";

/** The items of a model by their ids. An id that is not there is our own mistake: `assemble` has resolved every name. */
export interface Lookup {
  entity(id: string): Entity;
  operation(id: string): Operation;
  event(id: string): Event;
  job(id: string): Job;
  role(name: string): Role;
  integration(name: string): Integration;
  externalCall(id: string): ExternalCall;
  /** Whether an id is that of an external call rather than of an operation. */
  isExternal(id: string): boolean;
}

export function lookupOf(model: Model): Lookup {
  const entities = new Map(model.entities.map((entity) => [entity.id, entity]));
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const events = new Map(model.events.map((event) => [event.id, event]));
  const jobs = new Map(model.jobs.map((job) => [job.id, job]));
  const roles = new Map(model.roles.map((role) => [role.name, role]));
  const integrations = new Map(model.integrations.map((integration) => [integration.name, integration]));
  const externalCalls = new Map(model.integrations.flatMap((integration) => integration.calls.map((call) => [call.id, call] as const)));
  return {
    entity: (id) => found(entities, id, "entity"),
    operation: (id) => found(operations, id, "operation"),
    event: (id) => found(events, id, "event"),
    job: (id) => found(jobs, id, "job"),
    role: (name) => found(roles, name, "role"),
    integration: (name) => found(integrations, name, "integration"),
    externalCall: (id) => found(externalCalls, id, "external call"),
    isExternal: (id) => externalCalls.has(id),
  };
}

function found<T>(items: ReadonlyMap<string, T>, id: string, kind: string): T {
  const item = items.get(id);
  if (item === undefined) throw new Error(`The model has no ${kind} "${id}".`);
  return item;
}
