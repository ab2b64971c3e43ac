import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonValue } from "@archwright/model";

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly body: JsonObject;
  readonly ms: number;
}

export type JsonObject = { readonly [key: string]: JsonValue } & { readonly items?: readonly JsonObject[] };

export interface Sending {
  readonly body?: unknown;
  /** Instead of a body: its very bytes. */
  readonly bytes?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly agent?: Agent;
}

/** One caller: his address as a proxy tells it, and his token. What breaks on the way is thrown as Node says it. */
export interface Caller {
  readonly token: string | undefined;
  send(method: string, path: string, sending?: Sending): Promise<Answered>;
  get(path: string): Promise<Answered>;
  as(token: string): Caller;
}

/** No answer within the time that the caller gave. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

const answerMs = 60_000;
let addresses = 0;

/** @param at Where the server is; asked each time, for a server that comes back elsewhere. */
export function callerOf(at: () => string, token?: string, agent?: Agent): Caller {
  addresses += 1;
  // Each caller is one of his own for the limits that count addresses.
  const address = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return build(at, address, token, agent ?? new Agent({ keepAlive: true, maxSockets: 256 }));
}

/** Repeats a command, with its key, until there is an answer to it: as a client does that was left without one. */
export async function insist(caller: Caller, path: string, key: string, body?: unknown): Promise<Answered> {
  for (;;) {
    const sending = { ...(body !== undefined && { body }), headers: { "idempotency-key": key }, timeoutMs: 5_000 };
    const answered = await caller.send("POST", path, sending).catch(() => undefined);
    if (answered && answered.status < 500 && answered.body["code"] !== "in-flight") return answered;
    await sleep(50);
  }
}

function build(at: () => string, address: string, token: string | undefined, ownAgent: Agent): Caller {
  const send: Caller["send"] = (method, path, { body, bytes, headers = {}, timeoutMs = answerMs, agent = ownAgent } = {}) => {
    const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    const sent = {
      "x-forwarded-for": address,
      ...(payload !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    };
    return exchange(`${at()}${path}`, { method, headers: sent, agent }, payload, timeoutMs);
  };
  return { token, send, get: (path) => send("GET", path), as: (other) => build(at, address, other, ownAgent) };
}

type RequestOptions = Parameters<typeof request>[1];

function exchange(url: string, options: RequestOptions, payload: Buffer | string | undefined, timeoutMs: number): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const asked = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString("utf8");
        const { statusCode: status = 0, headers } = response;
        const isJson = /json/.test(headers["content-type"] ?? "") && text !== "";
        resolve({ status, headers, text, body: isJson ? JSON.parse(text) : {}, ms: performance.now() - started });
      });
    });
    const timer = setTimeout(() => asked.destroy(new Unanswered(`No answer within ${timeoutMs} ms.`)), timeoutMs);
    asked.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    asked.end(payload);
  });
}
