import type { Handler } from "./handler.ts";
import { anyoneRole, systemRole } from "../relational/access.ts";
import { ModelError } from "./model-error.ts";
import type { Place } from "./origin.ts";
import {
  hasRecord,
  recordOf,
  type ContextRecord,
  type EntityRecord,
  type EventRecord,
  type IntegrationRecord,
  type JobRecord,
  type MessageRecord,
  type OperationRecord,
  type ReactionRecord,
  type RecordBase,
  type RoleRecord,
  type SystemRecord,
} from "./records.ts";

/** Every record that belongs to a system: what its contexts hold, and the roles and integrations that these name. */
export interface Gathered {
  readonly contexts: readonly ContextRecord[];
  readonly roles: readonly RoleRecord[];
  readonly entities: readonly EntityRecord[];
  readonly operations: readonly OperationRecord[];
  readonly calls: readonly OperationRecord[];
  readonly events: readonly EventRecord[];
  readonly integrations: readonly IntegrationRecord[];
  readonly reactions: readonly ReactionRecord[];
  readonly messages: readonly MessageRecord[];
  readonly jobs: readonly JobRecord[];
  readonly handlers: ReadonlyMap<string, Handler>;
}

export function assembleContexts(system: SystemRecord): Gathered {
  const contexts = system.said.contexts.map((context) => recordOf<ContextRecord>(context, "context"));
  refuseTwice(contexts.map(({ name, place }) => ({ what: `Context ${name}`, id: name, place })));
  const items = contexts.flatMap((context) => context.items);
  const recordsOf = <R extends RecordBase>(kind: R["kind"]): R[] =>
    items.filter((item) => hasRecord(item, kind)).map((item) => recordOf<R>(item, kind));

  const entities = recordsOf<EntityRecord>("entity");
  const operations = recordsOf<OperationRecord>("operation");
  const ownEvents = recordsOf<EventRecord>("event");
  const reactions = recordsOf<ReactionRecord>("reaction");
  const messages = recordsOf<MessageRecord>("message");
  const jobs = recordsOf<JobRecord>("job");
  const withoutId = [...jobs, ...messages].map((record) => ({ id: `${record.context}.${record.name}`, place: record.place }));
  const named = [...operations, ...entities, ...ownEvents, ...withoutId].map(({ id, place }) => ({ what: id, id, place }));
  refuseTwice(named);
  refuseTwice(entities.map(({ name, place }) => ({ what: `Entity ${name}`, id: name, place })));

  const integrations = integrationsOf(operations, reactions, messages);
  return {
    contexts,
    entities,
    operations,
    reactions,
    messages,
    integrations,
    jobs,
    events: [...ownEvents, ...integrations.flatMap(({ webhooks }) => webhooks.map((event) => recordOf<EventRecord>(event, "event")))],
    calls: integrations.flatMap(({ calls }) => calls.map((call) => recordOf<OperationRecord>(call, "operation"))),
    roles: rolesOf(entities, operations),
    handlers: new Map(operations.flatMap(({ id, said: { handle } }) => (handle ? [[id, handle as Handler] as const] : []))), // The language types each handler; the runtime calls it with the scope of its operation.
  };
}

function rolesOf(entities: readonly EntityRecord[], operations: readonly OperationRecord[]): readonly RoleRecord[] {
  const fromAccess = entities.flatMap(({ said, laterAccess }) => [...(said.access ?? []), ...laterAccess].map(({ role }) => role));
  const fromAllow = operations.flatMap(({ said: { allow } }) => (typeof allow === "object" ? [...allow] : []));
  const roles = [...new Set([...fromAccess, ...fromAllow])].map((role) => recordOf<RoleRecord>(role, "role"));
  refuseTwice(roles.map(({ name, place }) => ({ what: `Role ${name}`, id: name, place })));
  roles.filter(({ name }) => name === anyoneRole || name === systemRole).forEach(refuseReserved);
  return roles;
}

function integrationsOf(
  operations: readonly OperationRecord[],
  reactions: readonly ReactionRecord[],
  messages: readonly MessageRecord[],
): readonly IntegrationRecord[] {
  const called = operations
    .flatMap(({ said: { calls = [] } }) => calls)
    .map((call) => recordOf<OperationRecord>(call, "operation").integration);
  const heard = [...reactions.map(({ event }) => event), ...messages.map(({ said }) => said.on)].map(
    (event) => recordOf<EventRecord>(event, "event").integration,
  );
  const found = new Set([...called, ...heard].filter((integration) => integration !== undefined));
  return [...found].map((integration) => recordOf<IntegrationRecord>(integration, "integration"));
}

function refuseReserved({ name, place }: RoleRecord): void {
  throw new ModelError(
    {
      code: "model/role-reserved",
      message: `"${name}" is no role that can be declared.`,
      why: `It stands for ${name === anyoneRole ? "callers that nobody knows" : "the system itself, which sees every row"}, and whoever had the role would be taken for it.`,
      fix: `Rename the role, or say allow: "${name}" where that is meant.`,
    },
    [place],
  );
}

interface Named {
  readonly what: string;
  readonly id: string;
  readonly place: Place;
}

function refuseTwice(named: readonly Named[]): void {
  const first = new Map<string, Named>();
  for (const item of named) {
    const earlier = first.get(item.id);
    if (earlier) {
      throw new ModelError(
        {
          code: "model/named-twice",
          message: `${item.what} is declared twice.`,
          why: "Names are how items, tables, routes and tokens refer to each other.",
          fix: "Rename one of the two.",
        },
        [item.place, earlier.place],
      );
    }
    first.set(item.id, item);
  }
}
