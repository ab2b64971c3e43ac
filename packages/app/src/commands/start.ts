import { createHash } from "node:crypto";
import { prepareSchema, SchemaMismatch } from "@archwright/runtime";
import { integrationsFrom, schemaOf, serve } from "../backend/serve.ts";
import { settingsOf, variables } from "../backend/settings.ts";
import { UsageError, type Command } from "../command.ts";
import { compileModel, reportOf } from "../compile.ts";
import { loadHandlers } from "../loader/handlers.ts";

export const start: Command = {
  name: "start",
  summary: "run it for real, on your PostgreSQL",
  description: `Serves the model on the PostgreSQL of DATABASE_URL. In an empty database it makes the schema; in one that holds another schema it changes nothing and says so. It serves as a role that owns nothing and cannot pass by row security. Settings come from the environment:\n${Object.entries(variables).map(([name, meaning]) => `  ${name.padEnd(21)} ${meaning}`).join("\n")}`,
  options: [
    { flags: "-p, --port <number>", description: "the port to listen on; 0 finds a free one" },
    { flags: "--host <address>", description: "the address to listen on" },
  ],
  examples: [["DATABASE_URL=postgres://… archwright start", "the model of this folder"]],
  async run(path, options, surroundings) {
    const { environment, stdout, stderr, interrupted } = surroundings;
    const settings = settingsOf(options, environment);
    const { databaseUrl, secret } = required(settings);
    const compiled = await compileModel(path, surroundings);
    if (!compiled.ok) {
      stderr.write(reportOf(compiled.problems, surroundings, stderr));
      return 1;
    }
    const { model, hash, file, findings } = compiled;
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) stderr.write(`${errors.map(({ message }) => message).join("\n")}\nSee archwright check.\n`);
    const integrations = integrationsFrom(model, environment);
    const { handlers } = await loadHandlers(file);
    const script = schemaOf(model);
    const schemaHash = createHash("sha256").update(script).digest("hex");
    const { appUrl, fresh } = await prepareSchema({ adminUrl: databaseUrl, system: model.name, script, schemaHash, modelHash: hash }).catch((error: unknown) => {
      throw error instanceof SchemaMismatch ? otherSchema(error) : error;
    });
    const server = await serve({ model, hash, handlers, appUrl, settings, integrations, masterKey: Buffer.from(secret), pages: [], logFormat: "json" }, surroundings);
    stdout.write(`${JSON.stringify({ level: "info", message: `${model.name} serves`, url: server.url, ...(fresh && { schema: "made" }) })}\n`);
    await interrupted;
    await server.close();
    return 0;
  },
};

function required({ databaseUrl, secret }: ReturnType<typeof settingsOf>): { readonly databaseUrl: string; readonly secret: string } {
  if (databaseUrl === undefined) throw new UsageError({ what: "DATABASE_URL is not set.", why: "`start` serves for real, and needs a PostgreSQL that outlives it.", fix: "Set it, as in DATABASE_URL=postgres://owner:password@host/name, or run `archwright dev`, which brings its own." });
  if (secret === undefined || secret.length < 32) throw new UsageError({ what: `ARCHWRIGHT_SECRET ${secret === undefined ? "is not set" : "is shorter than 32 characters"}.`, why: "Secrets and signing keys are encrypted with it, and every process of a deployment needs the same.", fix: "Keep one with your other secrets: openssl rand -hex 32." });
  return { databaseUrl, secret };
}

function otherSchema(error: SchemaMismatch): UsageError {
  return new UsageError({ what: error.message, why: "Changing a schema under its rows needs a plan, which this version does not make yet.", fix: "Apply the difference between the two schema.sql files yourself and set schema_hash in archwright.system, or name an empty database." });
}
