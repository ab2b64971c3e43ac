import { lookupOf, type JsonValue } from "@archwright/model";
import { emitOpenApi } from "../../packages/compiler/src/emit/openapi/document.ts";
import type { Pool } from "../../packages/runtime/src/database/pool.ts";
import { createEntityTables } from "../../packages/runtime/src/execution/entity-table.ts";
import type { SeedRows } from "../../packages/runtime/src/execution/seed.ts";
import { createAccount } from "../../packages/runtime/src/identity/administration.ts";
import type { IntegrationSettings } from "../../packages/runtime/src/integrations/integrations.ts";
import { createLogger } from "../../packages/runtime/src/observability/logger.ts";
import { startServer, type RunningServer, type ServerOptions } from "../../packages/runtime/src/server.ts";
import { prepareModel } from "./prepared-model.ts";

/** A model served over HTTP on a database of its own. */
export interface Serving {
  readonly server: RunningServer;
  readonly adminPool: Pool;
  readonly log: readonly string[];
  client(token?: string): Client;
  seed(rows: SeedRows): Promise<void>;
  account(role: string, email: string): Promise<Client>;
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

export type JsonObject = { readonly [key: string]: JsonValue } & { readonly items?: readonly JsonObject[] };

/** A caller with a browser's own HTTP client. */
export interface Client {
  get(path: string): Promise<Reply>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

const password = "correct horse battery staple";

export async function serveModel(
  system: unknown,
  options: { readonly integrations?: IntegrationSettings } & Pick<Partial<ServerOptions>, "http"> = {},
): Promise<Serving> {
  const { model, handlers, appUrl, adminPool, masterKey, secrets, seed, drop } = await prepareModel(system);
  const log: string[] = [];
  const server = await startServer({
    model,
    handlers,
    masterKey,
    databaseUrl: appUrl,
    logger: createLogger({ level: "info", format: "json", write: (text) => void log.push(text), now: () => new Date() }),
    connectionsMax: 5,
    openapi: emitOpenApi(model, { hash: "test" }),
    integrations: options.integrations ?? {},
    place: { port: 0, host: "127.0.0.1" },
    http: { rateLimits: "off", ...options.http },
  });
  const client = (token?: string): Client => clientOf(server.url, token);
  const tables = createEntityTables(lookupOf(model), model, secrets);
  return {
    server,
    adminPool,
    log,
    client,
    seed,
    async account(role, email) {
      await createAccount({ model, adminPool, tables }, { role, email, password, actor: { name: role } });
      const { body } = await client().send("POST", "/auth/sign-in", { email, password });
      return client(String(body["accessToken"]));
    },
    async close() {
      await server.close(1_000);
      await drop();
    },
  };
}

function clientOf(url: string, token?: string): Client {
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  };
  return { send, get: (path) => send("GET", path) };
}
