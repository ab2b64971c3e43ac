import { createHash } from "node:crypto";
import { emitSql } from "@archwright/compiler";
import { prepareSchema, type PreparedSchema } from "@archwright/runtime";
import type { ExitStatus, Options, Surroundings } from "../command.ts";
import { compileOrThrow, type Compiled } from "../compile.ts";
import { loadHandlers } from "../loader/handlers.ts";
import { databaseFailure } from "./database-words.ts";
import { assertFinished, integrationsFrom, serve } from "./serve.ts";
import { databaseUrlOf, secretOf, settingsOf } from "./settings.ts";

/** `archwright start`: the model on a PostgreSQL that outlives it, until somebody ends it. */
export async function serveForReal(
  path: string,
  options: Options,
  surroundings: Surroundings,
  interrupted: Promise<void>,
): Promise<ExitStatus> {
  const { environment, stdout, stderr } = surroundings;
  const settings = settingsOf(options, environment);
  const databaseUrl = databaseUrlOf(environment, "run `archwright dev`, which brings its own");
  const masterKey = secretOf(environment);
  const compiled = await compileOrThrow(path, surroundings);
  const { model, hash, file, findings } = compiled;
  assertFinished(model);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors > 0)
    stderr.write(`The model has ${errors} ${errors === 1 ? "finding" : "findings"} of severity error: see archwright check.\n`);
  const integrations = integrationsFrom(model, environment);
  const hasHandlers = model.operations.some(({ implementation }) => implementation.kind === "handler");
  const handlers = hasHandlers ? (await loadHandlers(file)).handlers : new Map();
  const { appUrl, fresh } = await schemaIn(databaseUrl, compiled);
  const server = await serve(
    { model, hash, handlers, appUrl, settings, integrations, masterKey, pages: [], logFormat: "json" },
    surroundings,
  );
  const facts = {
    level: "info",
    time: new Date().toISOString(),
    system: model.name,
    model: hash,
    schema: fresh ? "made" : "found",
    url: server.url,
  };
  stdout.write(`${JSON.stringify({ ...facts, message: "serving" })}\n`);
  await interrupted;
  await server.close();
  return 0;
}

async function schemaIn(databaseUrl: string, { model, hash }: Compiled): Promise<PreparedSchema> {
  const script = emitSql(model);
  const schemaHash = createHash("sha256").update(script).digest("hex");
  try {
    return await prepareSchema({ adminUrl: databaseUrl, system: model.name, script, schemaHash, modelHash: hash });
  } catch (error) {
    throw databaseFailure(error, databaseUrl, schemaHash);
  }
}
