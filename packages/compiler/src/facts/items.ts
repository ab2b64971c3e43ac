import type { Context, Entity, Event, ExternalCall, Integration, Job, Model, Operation, Role } from "@archwright/model";

/**
 * The items of a model by their ids. An id that leads nowhere answers `undefined`: a model may name an item of a context that the
 * system leaves out, and that is a finding rather than a crash.
 */
export interface Items {
  readonly contexts: ReadonlyMap<string, Context>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly events: ReadonlyMap<string, Event>;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly externalCalls: ReadonlyMap<string, CallOfIntegration>;
}

export interface CallOfIntegration {
  readonly call: ExternalCall;
  readonly integration: Integration;
}

export function itemsOf(model: Model): Items {
  const calls = model.integrations.flatMap((integration) => integration.calls.map((call) => ({ call, integration })));
  return {
    contexts: new Map(model.contexts.map((context) => [context.name, context])),
    roles: new Map(model.roles.map((role) => [role.name, role])),
    entities: new Map(model.entities.map((entity) => [entity.id, entity])),
    operations: new Map(model.operations.map((operation) => [operation.id, operation])),
    events: new Map(model.events.map((event) => [event.id, event])),
    jobs: new Map(model.jobs.map((job) => [job.id, job])),
    integrations: new Map(model.integrations.map((integration) => [integration.name, integration])),
    externalCalls: new Map(calls.map((of) => [of.call.id, of])),
  };
}
