import { createGuardedCall, retryAfterMs, type CalleeState, type Surroundings } from "@archwright/resilience";
import type { Integration, JsonValue } from "@archwright/model";
import { Agent, request as sendRequest } from "undici";
import { headerOf, type Adapter, type OutgoingRequest } from "./adapter.ts";
import { guardOptions } from "./guard-options.ts";
import { parsedJson } from "./json-object.ts";
import { UpstreamFailure } from "./upstream-failure.ts";

/** One third party over the network: its connections, and what guards them. */
export interface ThirdParty {
  /** @throws GuardedCallError when there is no answer. */
  send(request: OutgoingRequest, terms: SendTerms): Promise<JsonValue>;
  state(): CalleeState;
  close(): Promise<void>;
}

export interface SendTerms {
  readonly idempotent: boolean;
  /** What the caller has left, in milliseconds. */
  readonly deadlineMs?: number;
  readonly signal: AbortSignal;
}

export interface ThirdPartyOptions {
  readonly integration: Integration;
  readonly adapter: Adapter;
  readonly url: string;
  readonly surroundings: Surroundings;
  /** The wall clock, for a Retry-After that is a date. */
  readonly now: () => Date;
}

const answerBytesMax = 1_048_576;

export function createThirdParty(options: ThirdPartyOptions): ThirdParty {
  const { inFlightMax, ...guarded } = guardOptions(options.integration);
  const guard = createGuardedCall(guarded, options.surroundings);
  // The guard's clock ends an attempt; these timeouts end a connection that is forgotten.
  const silenceMs = guarded.timeoutMs + 1_000;
  const agent = new Agent({
    connections: inFlightMax,
    pipelining: 1,
    connect: { timeout: silenceMs },
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 60_000,
    maxResponseSize: answerBytesMax,
  });
  return {
    send: (request, terms) => guard.call((signal) => exchange(request, signal, agent, options), terms),
    state: () => guard.state(),
    close: () => agent.destroy(),
  };
}

/** One attempt. undici follows no redirect: an answer elsewhere is no answer of the one who was asked. */
async function exchange(
  { method, path, headers, body }: OutgoingRequest,
  signal: AbortSignal,
  agent: Agent,
  { integration: { name }, adapter, url, now }: ThirdPartyOptions,
): Promise<JsonValue> {
  const response = await sendRequest(`${url.replace(/\/+$/, "")}${path}`, {
    method,
    headers: { accept: "application/json", "user-agent": "archwright", ...headers },
    body: body ?? null,
    signal,
    dispatcher: agent,
  });
  const status = response.statusCode;
  const text = await response.body.text();
  const json = text === "" ? null : parsedJson(text);
  if (status >= 200 && status < 300 && json !== undefined) return json;
  if (status < 300) throw new UpstreamFailure(name, { status, reason: "the answer is no JSON" });
  const wait = retryAfterMs(headerOf(response.headers, "retry-after"), now().getTime());
  const refusal = adapter.refusal(status, response.headers, json ?? null);
  throw new UpstreamFailure(name, { status, ...refusal, ...(wait !== undefined && { retryAfterMs: wait }) });
}
