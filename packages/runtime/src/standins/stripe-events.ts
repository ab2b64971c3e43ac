import { createHmac } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonRecord } from "@archwright/model";
import { Agent, request } from "undici";
import type { Announce } from "./stripe-account.ts";
import { newStripeId, seconds } from "./stripe-id.ts";

export interface EventSender {
  readonly announce: Announce;
  close(): Promise<void>;
}

/** Pauses before each attempt. Stripe itself tries for three days. */
const pausesMs = [0, 250, 1_000, 4_000, 10_000];
const underWayMax = 1_000;

/** Sends events as Stripe does: signed, not in order, and again until somebody takes them. */
export function createEventSender(webhookUrl: () => string | undefined, secret: string, now: () => Date): EventSender {
  const agent = new Agent({ connections: 10, headersTimeout: 10_000, bodyTimeout: 10_000 });
  const closing = new AbortController();
  setMaxListeners(underWayMax, closing.signal);
  const underWay = new Set<Promise<void>>();
  return {
    announce(type, object) {
      if (underWay.size >= underWayMax || closing.signal.aborted) return;
      const body = JSON.stringify(eventOf(type, object, now()));
      const sending = deliver(body).finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
      await agent.destroy();
    },
  };

  async function deliver(body: string): Promise<void> {
    for (const pauseMs of pausesMs) {
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      const url = webhookUrl();
      if (url !== undefined && (await taken(url, body))) return;
    }
  }

  async function taken(url: string, body: string): Promise<boolean> {
    const timestamp = seconds(now());
    const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`, "utf8").digest("hex");
    const headers = { "content-type": "application/json; charset=utf-8", "stripe-signature": `t=${timestamp},v1=${signature}` };
    try {
      const answer = await request(url, { method: "POST", headers, body, dispatcher: agent, signal: closing.signal });
      await answer.body.dump();
      return answer.statusCode >= 200 && answer.statusCode < 300;
    } catch {
      // Nobody is there yet, or no longer: the next attempt will tell.
      return false;
    }
  }
}

function eventOf(type: string, object: JsonRecord, now: Date): JsonRecord {
  return {
    id: newStripeId("evt"),
    object: "event",
    api_version: "2025-08-27.basil",
    created: seconds(now),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}
