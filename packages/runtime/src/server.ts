import { lookupOf, type Handler, type JsonValue, type Model } from "@archwright/model";
import type { Logger } from "pino";
import { createPool, type Pool } from "./database/pool.ts";
import { startBackground, type Background } from "./events/background.ts";
import { createJobRunner, plantJobs } from "./events/jobs.ts";
import { createOutbox } from "./events/outbox.ts";
import { createRelay } from "./events/relay.ts";
import { forgetOld, retentionTurnMs } from "./events/retention.ts";
import { createEntityTables } from "./execution/entity-table.ts";
import { createExecutor } from "./execution/executor.ts";
import type { Executor } from "./execution/seams.ts";
import { createSecrets } from "./execution/secrets.ts";
import { createFileStore } from "./files/file-store.ts";
import { createApp, type App } from "./http/app.ts";
import type { HtmlPage } from "./http/pages.ts";
import type { WebhookReceiver } from "./http/webhook-routes.ts";
import type { HttpSettings } from "./http/settings.ts";
import { createIdentity } from "./identity/identity.ts";
import { createIntegrations, type IntegrationSettings } from "./integrations/integrations.ts";
import { createMailer, type Mailer } from "./messages/mailer.ts";
import { sendMessages } from "./messages/sender.ts";

export interface ServerOptions {
  readonly model: Model;
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Signs in as the serving role, which `prepareSchema` answers with. */
  readonly databaseUrl: string;
  /** At least 16 bytes: what secrets and signing keys are encrypted with. Every process of a deployment has the same. */
  readonly masterKey: Buffer;
  readonly openapi: JsonValue;
  readonly pages?: readonly HtmlPage[];
  readonly integrations: IntegrationSettings;
  readonly mail?: { readonly url: string; readonly from: string };
  readonly place: { readonly port: number; readonly host: string };
  readonly http?: Partial<HttpSettings>;
  /** Connections to the database, at most. */
  readonly connectionsMax: number;
  readonly logger: Logger;
  /** For what stands beside the model: Fastify plugins and routes of one's own. */
  readonly extend?: (app: App["fastify"]) => void | Promise<void>;
}

export interface RunningServer {
  readonly url: string;
  /** Serves what is under way, takes nothing new, and ends within the deadline. */
  close(deadlineMs?: number): Promise<void>;
}

/** Starts everything that a model needs to be served: routes, accounts, reactions, jobs and messages. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const pool = poolOf(options, options.connectionsMax);
  // Work in the background has connections of its own, so that a backlog never takes those that requests wait for.
  const backgroundPool = poolOf(options, 2);
  try {
    return await serve(options, pool, backgroundPool);
  } catch (error) {
    await Promise.all([pool.end(0), backgroundPool.end(0)]);
    throw error;
  }
}

function poolOf({ model, databaseUrl, logger }: ServerOptions, max: number): Pool {
  return createPool({
    url: databaseUrl,
    max,
    applicationName: model.name,
    connectTimeoutMs: 3_000,
    statementTimeoutMs: 10_000,
    idleTimeoutMs: 30_000,
    onError: (error) => logger.warn({ reason: error.message }, "an idle connection to the database broke"),
  });
}

async function serve(options: ServerOptions, pool: Pool, backgroundPool: Pool): Promise<RunningServer> {
  const { model, handlers, logger, openapi, pages = [], place } = options;
  const now = (): Date => new Date();
  const lookup = lookupOf(model);
  const outbox = createOutbox(model);
  const secrets = createSecrets(options.masterKey);
  const integrations = createIntegrations({ model, lookup, settings: options.integrations, pool, outbox, now, random: Math.random });
  const calls: { wake?: () => void } = {};
  const onEvents = (): void => calls.wake?.();
  const executorOn = (connections: Pool): Executor =>
    createExecutor({ model, handlers, pool: connections, external: integrations, outbox, secrets, claimLeaseMs: 10_000, onEvents });
  const executor = executorOn(pool);
  const tables = createEntityTables(lookup, model, secrets);
  const identity = model.roles.length > 0 ? await createIdentity({ model, pool, tables, secrets, log: logger, now }) : undefined;
  const ready = (timeoutMs: number): Promise<void> => pool.ping(timeoutMs);
  const parts = {
    model,
    executor,
    logger,
    openapi,
    pages,
    ready,
    now,
    webhooks: announcing(integrations, onEvents),
    files: createFileStore(model, pool),
  };
  const app = createApp({ ...parts, ...(identity && { identity }), ...(options.http && { settings: options.http }) });
  await options.extend?.(app.fastify);
  const background = await startWork(options, backgroundPool, executorOn(backgroundPool), now);
  calls.wake = background.wake;
  const url = await app.listen(place).catch(async (error: unknown) => {
    await background.close();
    throw error;
  });
  return {
    url,
    async close(deadlineMs = 25_000) {
      await app.close(deadlineMs);
      await background.close();
      await integrations.close();
      await Promise.all([pool.end(1_000), backgroundPool.end(1_000)]);
    },
  };
}

/** Webhooks whose events are looked at as soon as they are kept. */
function announcing(receiver: WebhookReceiver, onEvents: () => void): WebhookReceiver {
  return {
    async receive(...delivery) {
      const received = await receiver.receive(...delivery);
      onEvents();
      return received;
    },
  };
}

/** Reactions, jobs and messages, in turns: what the database says is due. */
async function startWork({ model, logger, mail }: ServerOptions, pool: Pool, executor: Executor, now: () => Date): Promise<Background> {
  const mailer: Mailer | undefined = mail && createMailer(mail.url, mail.from);
  const options = { model, lookup: lookupOf(model), pool, executor, log: logger, now, random: Math.random };
  await plantJobs(options);
  const [relay, jobs] = [createRelay(options), createJobRunner(options)];
  let nextPurgeMs = now().getTime() + retentionTurnMs;
  const tidyUp = async (): Promise<boolean> => {
    if (now().getTime() >= nextPurgeMs && !(await forgetOld(pool, logger))) nextPurgeMs = now().getTime() + retentionTurnMs;
    return model.messages.length > 0 && (await sendMessages(pool, mailer, logger)) > 0;
  };
  const bringEvents = async (): Promise<boolean> => {
    const more = await relay.turn();
    // What it brought may be messages to send.
    if (more) background.wake();
    return more;
  };
  const background = startBackground({ log: logger, turns: [bringEvents, () => jobs.turn(), tidyUp] });
  return {
    wake: background.wake,
    async close() {
      await background.close();
      await Promise.all([relay.close(), jobs.close()]);
    },
  };
}
