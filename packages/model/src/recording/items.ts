import type { ValueType } from "../expressions/expression.ts";
import type {
  AccessRule,
  Action,
  Allow,
  Context,
  Entity,
  Event,
  Integration,
  Invariant,
  Job,
  Message,
  Method,
  Operation,
  Reaction,
  Returns,
  Role,
} from "../model/model.ts";
import { meOver, recordBody, recordCondition, valuesOf } from "./body-recorder.ts";
import { effectsOf } from "./effects.ts";
import { nameOnly, plainType, recording, recordOver, toExpression } from "./expression-recorder.ts";
import { itemId } from "./item-id.ts";
import { ModelError } from "./model-error.ts";
import type { Place } from "./origin.ts";
import {
  recordOf,
  type ContextRecord,
  type EntityRecord,
  type EntitySaid,
  type EventRecord,
  type GrantSaid,
  type IntegrationRecord,
  type JobRecord,
  type MessageRecord,
  type OperationRecord,
  type ReactionRecord,
  type RoleRecord,
} from "./records.ts";
import { count, durationMs, quantity, ratePerSecond, share } from "./units.ts";

/** Each kind of item, from what its author said to what the model keeps. */
type At = (path: string, place: Place) => void;

export function contextOf({ name, said: { owner, domain, availability, accept = {} }, place }: ContextRecord, at: At): Context {
  at(name, place);
  return {
    name,
    ...(owner !== undefined && { owner }),
    ...(domain && { domain }),
    ...(availability !== undefined && { availability: share(availability, place) }),
    accept,
  };
}

export function roleOf({ name, actor, signUp, place }: RoleRecord, at: At): Role {
  at(name, place);
  return { name, ...(actor && { actor: itemId(actor) }), ...(signUp && { signUp }) };
}

export function entityOf(record: EntityRecord, at: At): Entity {
  const { id, context, name, fields, said, laterAccess, place } = record;
  at(id, place);
  const access = [...(said.access ?? []), ...laterAccess];
  access.forEach((grant, index) => at(`${id}.access.${index}`, grant.place ?? place));
  return {
    id,
    context,
    name,
    fields,
    access: access.map((grant) => accessRuleOf(grant, record)),
    invariants: Object.entries(said.invariants ?? {}).map(([statement, holds]): Invariant => ({
      statement,
      holds: recordCondition(holds, fields, id),
    })),
    ...(said.tenant !== undefined && { tenant: said.tenant }),
    indexes: said.index ?? [],
    ...(said.expect && { expected: expectedOf(said.expect, place) }),
    accept: said.accept ?? {},
  };
}

function accessRuleOf({ role, can, only, where }: GrantSaid, { id, fields }: EntityRecord): AccessRule {
  const { name, actor } = recordOf<RoleRecord>(role, "role");
  const condition = where && recordCondition(where, fields, id, meOver(actor && itemId(actor)));
  return { role: name, can: can as readonly Action[], ...(only && { only }), ...(condition && { where: condition }) }; // The language allows the five actions only.
}

function expectedOf({ rows, growth, most }: NonNullable<EntitySaid["expect"]>, place: Place): NonNullable<Entity["expected"]> {
  return {
    rows: quantity<number>(rows as number, (value) => value),
    ...(growth !== undefined && { growthPerSecond: quantity<string>(growth as string, ratePerSecond) }),
    ...(most !== undefined && { most: quantity<number>(most as number, (value) => count(value, place)) }),
  }; // Typed by the language as Known<number> and Known<Rate>.
}

export function operationOf(record: OperationRecord, at: At): Operation {
  const { id, context = "", name, input, returns, said, place } = record;
  at(id, place);
  const allow = allowOf(said.allow);
  const body = said.body && recordBody(said.body as (scope: unknown) => unknown, input, actorOf(said.allow), typeOfReturns(returns)); // The language types the scope of each body.
  return {
    kind: record.type === "query" ? "query" : "command",
    id,
    context,
    name,
    input,
    returns,
    allow,
    ...(said.http !== undefined && { http: httpOf(said.http, place) }),
    allowSaid: said.allow !== undefined,
    errors: Object.entries(said.errors ?? {}).map(([error, status]) => ({ name: error, status })),
    ...(body ? { ...effectsOf(body), calls: [] } : declaredEffects(said)),
    ...(said.idempotent && { idempotent: said.idempotent }),
    ...(said.stale !== undefined && { staleMs: durationMs(said.stale, place) }),
    ...(said.slo && { slo: sloOf(said.slo, place) }),
    implementation: body ? { kind: "body", body } : said.handle ? { kind: "handler" } : { kind: "none" },
    ...(said.deprecated !== undefined && { deprecated: said.deprecated }),
    accept: said.accept ?? {},
  };
}

function declaredEffects(said: OperationRecord["said"]): Pick<Operation, "reads" | "writes" | "calls" | "atomic" | "emits"> {
  const idsOf = (items: readonly object[] = []): readonly string[] => items.map(idOf).sort();
  return {
    reads: idsOf(said.reads),
    writes: idsOf(said.writes),
    calls: idsOf(said.calls),
    atomic: idsOf(said.atomic),
    emits: idsOf(said.emits),
  };
}

/** External calls are named after their integration, which their plain value does not know. */
function idOf(item: object): string {
  return "kind" in item && item.kind === "call" ? recordOf<OperationRecord>(item, "operation").id : itemId(item);
}

function allowOf(said: OperationRecord["said"]["allow"]): Allow {
  if (said === undefined || said === "anyone") return { kind: "anyone" };
  return said === "system" ? { kind: "system" } : { kind: "roles", roles: said.map((role) => recordOf<RoleRecord>(role, "role").name) };
}

/** `me.id` is a ref where every role that may call has the same actor. */
function actorOf(said: OperationRecord["said"]["allow"]): string | undefined {
  if (typeof said !== "object") return undefined;
  const actors = new Set(said.map((role) => recordOf<RoleRecord>(role, "role").actor));
  const [actor] = actors;
  return actors.size === 1 && actor ? itemId(actor) : undefined;
}

function typeOfReturns(returns: Returns): ValueType {
  switch (returns.kind) {
    case "entity":
      return { kind: "row", entity: returns.entity };
    case "field":
      return plainType(returns.field);
    case "record":
      return { kind: "record", fields: returns.fields };
    case "nothing":
      return { kind: "unknown" };
  }
}

function httpOf(http: string, place: Place): NonNullable<Operation["http"]> {
  const match = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(http);
  if (!match) {
    throw new ModelError(
      {
        code: "model/http",
        message: `"${http}" is no method and path.`,
        why: "Clients reach an operation by exactly one of each.",
        fix: 'Write it like "POST /orders/:order/cancel".',
      },
      [place],
    );
  }
  return { method: match[1] as Method, path: match[2] ?? "/" }; // The pattern lists the methods.
}

function sloOf({ p50, p99, availability }: NonNullable<OperationRecord["said"]["slo"]>, place: Place): NonNullable<Operation["slo"]> {
  return {
    ...(p50 !== undefined && { p50Ms: durationMs(p50, place) }),
    p99Ms: durationMs(p99, place),
    ...(availability !== undefined && { availability: share(availability, place) }),
  };
}

export function eventOf({ id, context, name, fields, integration, place }: EventRecord, at: At): Event {
  at(id, place);
  const from = integration && recordOf<IntegrationRecord>(integration, "integration").name;
  return { id, ...(context !== undefined && { context }), ...(from !== undefined && { integration: from }), name, fields, accept: {} };
}

export function integrationOf({ name, said, calls, webhooks, place }: IntegrationRecord, at: At): Integration {
  at(name, place);
  return {
    name,
    calls: calls.map((call) => {
      const { id, name: callName, input, returns } = recordOf<OperationRecord>(call, "operation");
      at(id, place);
      const facts = said.calls[callName];
      const asMs = (value: unknown): ReturnType<typeof quantity> => quantity<string>(value as string, (text) => durationMs(text, place)); // Known<Duration> in the language.
      return {
        id,
        name: callName,
        input,
        returns: returns.kind === "record" ? returns.fields : [],
        p50Ms: asMs(facts?.p50),
        p99Ms: asMs(facts?.p99),
        ...(facts?.limit !== undefined && {
          limitPerSecond: quantity<string>(facts.limit as string, (text) => ratePerSecond(text, place)),
        }), // Known<Rate> in the language.
        ...(facts?.availability !== undefined && { availability: share(facts.availability, place) }),
        ...(facts?.idempotencyKey && { idempotencyKey: true as const }),
      };
    }),
    webhooks: webhooks.map((event) => recordOf<EventRecord>(event, "event").id),
    ...(said.verify && { verify: said.verify }),
    holds: said.holds ?? [],
    ...(said.onFailure && { onFailure: failurePolicyOf(said.onFailure, place) }),
    accept: said.accept ?? {},
  };
}

function failurePolicyOf(
  { timeout, retries, breaker, then }: NonNullable<IntegrationRecord["said"]["onFailure"]>,
  place: Place,
): NonNullable<Integration["onFailure"]> {
  return {
    ...(timeout !== undefined && { timeoutMs: durationMs(timeout, place) }),
    retries,
    ...(breaker && { breaker: { openShare: share(breaker.open, place), overMs: durationMs(breaker.over, place) } }),
    then,
  };
}

export function reactionOf({ context, event, command, map, place }: ReactionRecord, at: At): Reaction {
  const { id: eventId, fields } = recordOf<EventRecord>(event, "event");
  const { id: commandId, input } = recordOf<OperationRecord>(command, "operation");
  const id = `${commandId}@${eventId}`;
  at(id, place);
  const row = recordOver(nameOnly("event"), fields);
  const mapped = map && recording(() => (map as (event: unknown) => Record<string, unknown>)(row)); // The language types the mapping by event and command.
  return { id, context, event: eventId, command: commandId, ...(mapped && { input: valuesOf(mapped, input) }) };
}

export function messageOf({ context, name, said, place }: MessageRecord, at: At): Message {
  const { id: event, fields } = recordOf<EventRecord>(said.on, "event");
  const id = `${context}.${name}`;
  at(id, place);
  const row = recordOver(nameOnly("event"), fields);
  const to = said.to as (event: unknown) => unknown; // The language types it by the event.
  return {
    id,
    context,
    name,
    event,
    to: toExpression(to(row), { kind: "unknown" }),
    by: said.by,
    subject: said.subject,
    text: said.text,
    ...(said.within !== undefined && { withinMs: durationMs(said.within, place) }),
    ...(said.optOut && { optOut: true as const }),
  };
}

export function jobOf({ context, name, said, place }: JobRecord, at: At): Job {
  const id = `${context}.${name}`;
  at(id, place);
  const body = said.body && recordBody(said.body as (scope: unknown) => unknown, [], undefined, { kind: "unknown" }); // The language types the scope of each body.
  const does: Job["does"] = body ? { kind: "body", body } : { kind: "command", command: itemId(said.runs) };
  return {
    id,
    context,
    name,
    when:
      said.every !== undefined
        ? { kind: "every", everyMs: durationMs(said.every, place) }
        : { kind: "cron", cron: said.cron ?? "", zone: said.zone ?? "UTC" },
    does,
    ...(body ? effectsOf(body) : { reads: [], writes: [], atomic: [], emits: [] }),
    accept: said.accept ?? {},
  };
}
