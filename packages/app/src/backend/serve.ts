import { emitOpenApi } from "@archwright/compiler";
import type { Handler, Model } from "@archwright/model";
import {
  createLogger,
  settingsFromEnvironment,
  startServer,
  type HtmlPage,
  type IntegrationSettings,
  type RunningServer,
} from "@archwright/runtime";
import { Failure, UsageError, type Surroundings } from "../command.ts";
import type { BackendSettings, Environment } from "./settings.ts";

export interface Served {
  readonly model: Model;
  readonly hash: string;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly appUrl: string;
  readonly masterKey: Buffer;
  readonly settings: BackendSettings;
  readonly integrations: IntegrationSettings;
  readonly pages: readonly HtmlPage[];
  /** One line for a person, or JSON for machines. */
  readonly logFormat: "line" | "json";
}

/** Starts the backend of a model on a database that is ready for it. */
export async function serve(
  { model, hash, handlers, appUrl, masterKey, settings, integrations, pages, logFormat }: Served,
  { stdout }: Pick<Surroundings, "stdout">,
): Promise<RunningServer> {
  const { port, host, publicUrl, connectionsMax, trustedProxies, corsOrigins, mail } = settings;
  const logger = createLogger({ level: "info", format: logFormat, write: (text) => void stdout.write(text), now: () => new Date() });
  try {
    return await startServer({
      model,
      handlers,
      masterKey,
      integrations,
      pages,
      logger,
      connectionsMax,
      databaseUrl: appUrl,
      openapi: emitOpenApi(model, { hash }),
      place: { port, host },
      http: { trustedProxies, corsOrigins, ...(publicUrl !== undefined && { publicUrl }) },
      ...(mail && { mail }),
    });
  } catch (error) {
    throw placeRefused(error, settings) ?? keyRefused(error) ?? error;
  }
}

/** Settings of third parties from the environment, or a sentence for each that is missing. */
export function integrationsFrom(model: Model, environment: Environment): IntegrationSettings {
  const { settings, missing } = settingsFromEnvironment(model, environment);
  if (missing.length === 0) return settings;
  throw new UsageError({
    what: `${missing.map(({ variable }) => variable).join(" and ")} ${missing.length === 1 ? "is" : "are"} not set.`,
    why: missing.map(({ variable, why }) => `${variable}: ${why}`).join(" "),
    fix: "Set them, or run `archwright dev`, which stands in for the third parties that it knows.",
  });
}

/** @throws Failure where an operation of the model waits for its code */
export function assertFinished({ operations }: Model): void {
  const waiting = operations.filter(({ implementation }) => implementation.kind === "none").map(({ id }) => id);
  if (waiting.length === 0) return;
  throw new Failure({
    what: `${waiting.join(", ")} ${waiting.length === 1 ? "has" : "have"} neither a body nor a handler.`,
    why: "A design that waits for its code can be checked and drawn, but not served.",
    fix: "Give each a `body` or a `handle`, or leave it out.",
  });
}

function placeRefused(error: unknown, { host, port }: BackendSettings): UsageError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words: { readonly [code: string]: { readonly what: string; readonly why: string; readonly fix: string } } = {
    EADDRINUSE: {
      what: `Port ${port} is taken.`,
      why: "Another program listens on it, perhaps an earlier run of this one.",
      fix: `Stop it, or name another port: --port ${port < 65_535 ? port + 1 : port - 1}. With --port 0 a free one is found.`,
    },
    EACCES: {
      what: `Port ${port} may not be listened on.`,
      why: "The operating system keeps ports below 1024 to itself.",
      fix: "Name a port from 1024 on: --port 3000.",
    },
    EADDRNOTAVAIL: noHost(host),
    ENOTFOUND: noHost(host),
    EAI_AGAIN: noHost(host),
  };
  const found = words[code];
  return found && new UsageError(found, error);
}

const noHost = (host: string): { readonly what: string; readonly why: string; readonly fix: string } => ({
  what: `"${host}" is no address of this machine.`,
  why: "A server listens on an address of its own machine.",
  fix: "Use 127.0.0.1 for this machine alone, 0.0.0.0 for everybody who reaches it.",
});

/** The keys that tokens are signed with lie in the database, encrypted. */
function keyRefused(error: unknown): UsageError | undefined {
  if (!(error instanceof Error && error.message.includes("does not open with the secret"))) return undefined;
  return new UsageError(
    {
      what: "ARCHWRIGHT_SECRET is not the one that this database was encrypted with.",
      why: "Its signing keys and secrets can be read with that one only.",
      fix: "Set the secret that the earlier processes had. If it is lost, delete the rows of archwright.signing_key: everybody signs in again, and sealed fields stay unreadable.",
    },
    error,
  );
}
