import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import {
  recordFromJson,
  schemaScope,
  type ExternalCall,
  type Integration,
  type JsonValue,
  type Lookup,
  type Model,
} from "@archwright/model";
import { GuardedCallError, type CalleeState, type Clock, type Random, type Sleep } from "@archwright/resilience";
import type { Pool } from "../database/pool.ts";
import type { ExternalCalls, InputValues, OutboxStatements } from "../execution/seams.ts";
import { createChecks, type Check, type CompileCheck } from "../http/checks.ts";
import { problem } from "../http/problems.ts";
import { isUnstorable } from "../http/unstorable.ts";
import type { Adapter, IncomingHeaders, PartySettings } from "./adapter.ts";
import { adapterOf } from "./adapters.ts";
import { callProblem, statusOf } from "./call-problem.ts";
import { IntegrationsRefused, objectionsTo } from "./objections.ts";
import type { IntegrationSettings } from "./settings.ts";
import { createThirdParty, type ThirdParty } from "./third-party.ts";
import { receiveWebhook, type Inbox, type Received } from "./webhooks.ts";

export { settingsFromEnvironment, type IntegrationSettings } from "./settings.ts";

export interface IntegrationsOptions {
  readonly model: Model;
  readonly lookup: Lookup;
  readonly settings: IntegrationSettings;
  readonly pool: Pick<Pool, "transaction">;
  readonly outbox: OutboxStatements;
  /** The wall clock: what deadlines, timestamps of signatures and dates in headers are compared with. */
  readonly now: () => Date;
  readonly random: Random;
  readonly sleep?: Sleep;
  /** The clock of breakers and timeouts, in milliseconds, which never steps back. Default `performance.now`. */
  readonly elapsedMs?: Clock;
}

/** The third parties of a model: what is called there, and what comes from there. */
export interface Integrations extends ExternalCalls {
  /** @throws ProblemError when the delivery is refused; nothing is written then. */
  receive(integration: string, rawBody: Buffer, headers: IncomingHeaders): Promise<Received>;
  /** The breaker and the places of each third party that is called. */
  state(): { readonly [integration: string]: CalleeState };
  /** Waits for the calls under way, and breaks off what still is after the grace. */
  close(graceMs?: number): Promise<void>;
}

interface Callee {
  readonly call: ExternalCall;
  readonly integration: Integration;
  readonly adapter: Adapter;
  readonly settings: PartySettings;
  /** Undefined where nobody has said where it is. */
  readonly party: ThirdParty | undefined;
  readonly check: Check;
}

type CallTerms = Parameters<ExternalCalls["call"]>[2];

/** @throws IntegrationsRefused when the settings do not fit, or the model asks a third party for what is not known of it. */
export function createIntegrations(options: IntegrationsOptions): Integrations {
  const { model, settings, now } = options;
  const parts = model.integrations.map((integration) => ({
    integration,
    settings: settings[integration.name] ?? {},
    adapter: adapterOf(integration.name),
  }));
  const objections = parts.flatMap((part) => objectionsTo(part.integration, part.settings, part.adapter));
  if (objections.length > 0) throw new IntegrationsRefused(objections);
  const compile = createChecks(schemaScope(model));
  const inboxes = new Map(parts.map((part) => [part.integration.name, inboxOf(part, compile, options)]));
  const parties = new Map(parts.flatMap((part) => partyOf(part, options)));
  const callees = new Map(parts.flatMap((part) => calleesOf(part, parties.get(part.integration.name), compile)));
  const closing = new AbortController();
  // Every call under way listens; Node warns at eleven.
  setMaxListeners(0, closing.signal);
  const underWay = new Set<Promise<unknown>>();
  return {
    async call(callId, input, terms) {
      const callee = callees.get(callId);
      if (!callee) throw new Error(`The model has no external call "${callId}".`);
      const work = callOut(callee, input, terms, closing.signal, now);
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    async receive(name, rawBody, headers) {
      const inbox = inboxes.get(name);
      if (!inbox || inbox.events.size === 0) throw problem("not-found", { detail: `Nothing is received from "${name}".` });
      return receiveWebhook(inbox, rawBody, headers);
    },
    state: () => Object.fromEntries([...parties].map(([name, party]) => [name, party.state()])),
    async close(graceMs = 10_000) {
      const grace = setTimeout(() => closing.abort(new Error("The server stops.")), graceMs);
      await Promise.allSettled(underWay);
      clearTimeout(grace);
      closing.abort();
      await Promise.all([...parties.values()].map((party) => party.close()));
    },
  };
}

interface Part {
  readonly integration: Integration;
  readonly settings: PartySettings;
  readonly adapter: Adapter;
}

function inboxOf(
  { integration, settings, adapter }: Part,
  compile: CompileCheck,
  { lookup, pool, outbox, now }: IntegrationsOptions,
): Inbox {
  const events = integration.webhooks.map((id) => {
    const event = lookup.event(id);
    return [event.name, { event, check: compile(event.fields) }] as const;
  });
  return { integration, adapter, secrets: settings.webhookSecrets ?? [], events: new Map(events), pool, outbox, now };
}

function partyOf({ integration, settings: { url }, adapter }: Part, options: IntegrationsOptions): (readonly [string, ThirdParty])[] {
  if (integration.calls.length === 0 || url === undefined) return [];
  const { now, random, elapsedMs = () => performance.now(), sleep = (ms, signal) => pause(ms, undefined, { signal }) } = options;
  return [[integration.name, createThirdParty({ integration, adapter, url, now, surroundings: { now: elapsedMs, random, sleep } })]];
}

function calleesOf(
  { integration, settings, adapter }: Part,
  party: ThirdParty | undefined,
  compile: CompileCheck,
): (readonly [string, Callee])[] {
  return integration.calls.map((call) => [call.id, { call, integration, adapter, settings, party, check: compile(call.returns) }]);
}

async function callOut(callee: Callee, input: InputValues, terms: CallTerms, signal: AbortSignal, now: () => Date): Promise<InputValues> {
  const {
    call,
    adapter,
    party,
    settings: { key },
    integration,
  } = callee;
  if (!party || (adapter.needsKey && key === undefined)) throw notSetUp(callee, terms);
  // A key that nobody gave still makes the attempts of this one call the same request.
  const idempotencyKey = call.idempotencyKey ? (terms.idempotencyKey ?? randomUUID()) : undefined;
  const request = adapter.request(call, input, {
    ...(key !== undefined && { key }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  const leftMs = terms.deadlineMs === undefined ? undefined : terms.deadlineMs - now().getTime();
  if (leftMs !== undefined && leftMs < 1) throw problem("timeout", { detail: `No time is left to call ${integration.name}.` });
  try {
    const json = await party.send(request, {
      idempotent: idempotencyKey !== undefined || request.method === "GET",
      signal,
      ...(leftMs !== undefined && { deadlineMs: Math.min(leftMs, 86_400_000) }),
    });
    return understood(callee, json, terms);
  } catch (error) {
    if (!(error instanceof GuardedCallError)) throw error;
    throw signal.aborted ? problem("unavailable", { detail: "The server stops.", cause: error }) : told(callee, error, terms);
  }
}

function notSetUp({ call, integration: { name }, adapter, settings }: Callee, { log, requestId }: CallTerms): Error {
  const { url, key } = adapter.variables(name);
  log.error({ call: call.id, requestId, variable: settings.url === undefined ? url : key }, "external call without its settings");
  return problem("unavailable", { detail: `${name} is not set up here.` });
}

function understood({ call, adapter, check, integration }: Callee, json: JsonValue, { log, requestId }: CallTerms): InputValues {
  const answer = adapter.answer(call, json);
  const faults = check(answer, JSON.stringify(answer).length);
  const unstorable = isUnstorable(answer);
  if (faults.length === 0 && !unstorable) return recordFromJson(call.returns, answer);
  log.error({ call: call.id, requestId, faults, ...(unstorable && { unstorable }) }, "the answer is not what the model declares");
  throw problem("upstream-failed", { detail: `${integration.name} answered something else than we expect.` });
}

/** What went wrong goes to the log; a refusal of our request is a mistake of ours, which somebody has to mend. */
function told({ call, integration }: Callee, error: GuardedCallError, { log, requestId }: CallTerms): Error {
  const { kind, attempts, cause } = error.failure;
  const status = statusOf(error);
  const reason = cause instanceof Error ? cause.message : error.message;
  const facts = { call: call.id, requestId, kind, attempts, reason, ...(status !== undefined && { status }) };
  const isOurs = status !== undefined && status >= 400 && status < 500 && status !== 429;
  if (isOurs) log.error(facts, "external call refused");
  else log.warn(facts, "external call failed");
  return callProblem(integration.name, error);
}
