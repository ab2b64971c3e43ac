import type { IncomingHttpHeaders } from "node:http";
import { webhookRoutesOf, type JsonValue, type Model } from "@archwright/model";
import type { FastifyInstance } from "fastify";
import type { Gates } from "./gate.ts";
import { mount } from "./mount.ts";

/** Takes what an integration sends: the bytes as they came, for a signature is over bytes. @throws ProblemError when it is not theirs. */
export interface WebhookReceiver {
  receive(
    integration: string,
    rawBody: Buffer,
    headers: IncomingHttpHeaders,
  ): Promise<{ readonly status: number; readonly body?: JsonValue }>;
}

/** Serves the webhooks of a model in a scope of its own, where bodies are not parsed. */
export function serveWebhooks(app: FastifyInstance, model: Model, receiver: WebhookReceiver, gates: Gates): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, parsed) => parsed(null, bytes));
    for (const { method, path, integration } of webhookRoutesOf(model)) {
      mount(scope, {
        method,
        path,
        gate: gates.forAddresses("webhook"),
        async handler({ body, headers }, reply) {
          const received = await receiver.receive(integration, Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers);
          return reply.code(received.status).send(received.body);
        },
      });
    }
    done();
  });
}
