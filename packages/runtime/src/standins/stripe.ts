import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson } from "@archwright/model";
import { Recent } from "./recent.ts";
import type { Account, Announce, StripeEndpoint } from "./stripe-account.ts";
import { StripeError } from "./stripe-error.ts";
import { createEventSender } from "./stripe-events.ts";
import { parametersOf } from "./stripe-form.ts";
import { newStripeId } from "./stripe-id.ts";
import { intentEndpoints } from "./stripe-intents.ts";
import { createKeptAnswers, type StripeAnswer } from "./stripe-keys.ts";
import { refundEndpoints } from "./stripe-refunds.ts";

export interface StripeStandInOptions {
  /** Where events go, once that is known. Without it none is sent. */
  readonly webhookUrl?: string | (() => string | undefined);
  /** The only key that is taken: "sk_test_…". */
  readonly secretKey: string;
  /** What events are signed with: "whsec_…". */
  readonly webhookSecret: string;
  readonly port?: number;
  readonly host?: string;
  readonly now: () => Date;
}

/** A server that stands in for Stripe while one develops. It is in memory, moves no money, and says `livemode: false`. */
export interface StripeStandIn {
  readonly url: string;
  /** Puts off every answer from now on. What was asked has been done by then. */
  slowBy(ms: number): void;
  /** Answers the next requests with a failure, before anything is done. */
  failNext(count: number, status: number, headers?: { readonly [name: string]: string }): void;
  /** Does what the next requests ask, and breaks the connection instead of answering. */
  loseNext(count: number): void;
  close(): Promise<void>;
}

/**
 * @example
 * const stripe = await startStripeStandIn({ webhookUrl: "http://localhost:3000/webhooks/stripe", secretKey: "sk_test_shop", webhookSecret: "whsec_shop", now: () => new Date() });
 * // curl -u sk_test_shop: $URL/v1/payment_intents -d amount=1299 -d currency=eur
 * // curl -u sk_test_shop: $URL/v1/payment_intents/pi_…/confirm -d payment_method=pm_card_visa
 */
export async function startStripeStandIn(options: StripeStandInOptions): Promise<StripeStandIn> {
  const { webhookUrl, secretKey, webhookSecret, port = 0, host = "127.0.0.1", now } = options;
  const events = createEventSender(typeof webhookUrl === "function" ? webhookUrl : () => webhookUrl, webhookSecret, now);
  const faults = new Faults();
  const answerTo = createAnswers(endpointsOf(events.announce, now), secretKey);
  const server = createServer((request, response) => {
    serve(request, response, answerTo, faults).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    slowBy: (ms) => (faults.delayMs = ms),
    failNext: (count, status, headers = {}) => (faults.failing = { count, status, headers }),
    loseNext: (count) => (faults.losing = count),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, events.close()]);
    },
  };
}

/** How many objects of each kind are kept. */
const objectsMax = 10_000;

function endpointsOf(announce: Announce, now: () => Date): readonly StripeEndpoint[] {
  const account: Account = {
    intents: new Recent(objectsMax),
    refunds: new Recent(objectsMax),
    refunded: new Recent(objectsMax),
    announce,
    now,
  };
  return [...intentEndpoints(account), ...refundEndpoints(account)];
}

/** What goes wrong on purpose. */
class Faults {
  delayMs = 0;
  losing = 0;
  failing: { readonly count: number; readonly status: number; readonly headers: { readonly [name: string]: string } } | undefined;

  takeFailure(): { readonly status: number; readonly headers: { readonly [name: string]: string } } | undefined {
    const { failing } = this;
    if (!failing || failing.count < 1) return undefined;
    this.failing = { ...failing, count: failing.count - 1 };
    return failing;
  }

  takeLoss(): boolean {
    this.losing -= 1;
    return this.losing >= 0;
  }
}

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly idempotencyKey: string | undefined;
  readonly form: string;
}

type Answers = (asked: Asked) => StripeAnswer;

async function serve(request: IncomingMessage, response: ServerResponse, answerTo: Answers, faults: Faults): Promise<void> {
  const form = await bodyOf(request);
  const failure = faults.takeFailure();
  const answer = failure ? madeUp(failure.status) : answerTo(askedOf(request, form));
  const isLost = !failure && faults.takeLoss();
  if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { ref: false });
  if (isLost) {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "request-id": newStripeId("req"),
    ...(answer.status === 401 && { "www-authenticate": 'Bearer realm="Stripe"' }),
    ...(answer.replayed && { "idempotent-replayed": "true" }),
    ...failure?.headers,
  });
  response.end(`${JSON.stringify(answer.body, null, 2)}\n`);
}

function madeUp(status: number): StripeAnswer {
  const type = status >= 500 ? "api_error" : "invalid_request_error";
  const code = status === 429 ? { code: "rate_limit" } : {};
  return { status, body: new StripeError(status, { type, ...code, message: `The stand-in was told to answer ${status}.` }).body };
}

function askedOf({ method = "GET", url = "/", headers }: IncomingMessage, form: string): Asked {
  const key = headers["idempotency-key"];
  return {
    method,
    url: new URL(url, "http://stand-in"),
    authorization: headers.authorization ?? "",
    idempotencyKey: typeof key === "string" ? key : undefined,
    form,
  };
}

function createAnswers(endpoints: readonly StripeEndpoint[], secretKey: string): Answers {
  const keep = createKeptAnswers();
  return (asked) => {
    try {
      refuseOthers(asked.authorization, secretKey);
      const { endpoint, id } = endpointOf(endpoints, asked);
      const parameters = parametersOf(asked.method === "GET" ? asked.url.searchParams.toString() : asked.form, endpoint.parameters);
      const run = (): StripeAnswer => outcomeOf(() => endpoint.run(parameters, id));
      if (asked.method === "GET" || asked.idempotencyKey === undefined) return run();
      return keep(asked.idempotencyKey, canonicalJson([asked.url.pathname, parameters]), run);
    } catch (error) {
      return refusalOf(error);
    }
  };
}

function outcomeOf(run: () => StripeAnswer["body"]): StripeAnswer {
  try {
    return { status: 200, body: run() };
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): StripeAnswer {
  if (error instanceof StripeError) return { status: error.status, body: error.body };
  throw error;
}

/** A key as a bearer token, or as the user of `curl -u sk_test_…:`. */
function refuseOthers(authorization: string, secretKey: string): void {
  const [, scheme = "", credentials = ""] = /^(\w+) (\S+)$/.exec(authorization) ?? [];
  const given = scheme.toLowerCase() === "basic" ? Buffer.from(credentials, "base64").toString("utf8").replace(/:.*$/s, "") : credentials;
  if (given === "")
    throw new StripeError(401, {
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    });
  if (given !== secretKey) throw new StripeError(401, { message: `Invalid API Key provided: ${given.slice(0, 8)}***` });
}

function endpointOf(endpoints: readonly StripeEndpoint[], { method, url: { pathname } }: Asked): { endpoint: StripeEndpoint; id: string } {
  for (const endpoint of endpoints) {
    const match = endpoint.method === method ? endpoint.path.exec(pathname) : null;
    if (match) return { endpoint, id: match[1] ?? "" };
  }
  throw new StripeError(404, {
    message: `Unrecognized request URL (${method}: ${pathname}). This is a stand-in: it knows payment intents and refunds.`,
  });
}

const bodyBytesMax = 65_536;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // A request without an encoding yields buffers.
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error("The body is larger than any that Stripe takes.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
