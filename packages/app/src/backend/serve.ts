import { emitOpenApi, emitSql } from "@archwright/compiler";
import type { Handler, Model } from "@archwright/model";
import { createLogger, settingsFromEnvironment, startServer, type HtmlPage, type IntegrationSettings, type RunningServer } from "@archwright/runtime";
import { UsageError, type Surroundings } from "../command.ts";
import type { BackendSettings } from "./settings.ts";

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
export async function serve({ model, hash, handlers, appUrl, masterKey, settings, integrations, pages, logFormat }: Served, { stdout }: Pick<Surroundings, "stdout">): Promise<RunningServer> {
  refuseUnfinished(model);
  const { port, host, publicUrl, connectionsMax, trustedProxies, corsOrigins, mail } = settings;
  const logger = createLogger({ level: "info", format: logFormat, write: (text) => void stdout.write(text), now: () => new Date() });
  try {
    return await startServer({
      model, handlers, masterKey, integrations, pages, logger, connectionsMax,
      databaseUrl: appUrl,
      openapi: emitOpenApi(model, { hash }),
      place: { port, host },
      http: { trustedProxies, corsOrigins, ...(publicUrl !== undefined && { publicUrl }) },
      ...(mail && { mail }),
    });
  } catch (error) {
    throw isTaken(error) ? portTaken(port) : error;
  }
}

/** The PostgreSQL script of a model: what `build` writes and what a new database is made with. */
export const schemaOf = (model: Model): string => emitSql(model);

/** Settings of third parties from the environment, or a sentence for each that is missing. */
export function integrationsFrom(model: Model, environment: Readonly<Record<string, string | undefined>>): IntegrationSettings {
  const { settings, missing } = settingsFromEnvironment(model, environment);
  if (missing.length === 0) return settings;
  throw new UsageError({
    what: `${missing.map(({ variable }) => variable).join(" and ")} ${missing.length === 1 ? "is" : "are"} not set.`,
    why: missing.map(({ integration, why }) => `${integration}: ${why}`).join(" "),
    fix: "Set them, or run `archwright dev`, which stands in for the third parties that it knows.",
  });
}

function refuseUnfinished({ operations }: Model): void {
  const waiting = operations.filter(({ implementation }) => implementation.kind === "none").map(({ id }) => id);
  if (waiting.length === 0) return;
  throw new UsageError({
    what: `${waiting.join(", ")} ${waiting.length === 1 ? "has" : "have"} neither a body nor a handler.`,
    why: "A design that waits for its code can be checked and drawn, but not served.",
    fix: "Give each a `body` or a `handle`, or leave it out.",
  });
}

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

function portTaken(port: number): UsageError {
  return new UsageError({ what: `Port ${port} is taken.`, why: "Another program listens on it, perhaps an earlier run of this one.", fix: `Stop it, or name another port: --port ${port + 1}. With --port 0 a free one is found.` });
}
