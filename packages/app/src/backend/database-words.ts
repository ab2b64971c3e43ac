import { DatabaseUnavailable, SchemaMismatch, ScriptFailure } from "@archwright/runtime";
import { Failure, UsageError } from "../command.ts";

/**
 * What a database that was named by DATABASE_URL said, for the person who named it; any other error as it is.
 *
 * @param schemaHash of the model's schema, where the database was asked for it
 */
export function databaseFailure(error: unknown, databaseUrl: string, schemaHash = ""): unknown {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  const server = `${hostname}:${port || "5432"}`;
  const user = decodeURIComponent(username);
  if (error instanceof SchemaMismatch) return otherSchema(error, schemaHash);
  if (isAboutTls(error)) return noTls(error, server);
  if (error instanceof DatabaseUnavailable)
    return new Failure(
      {
        what: `PostgreSQL at ${server}: ${error.message}`,
        why: "Without its database the backend has nothing to serve.",
        fix: "Start PostgreSQL there and see that this machine reaches it, or correct DATABASE_URL.",
      },
      error,
    );
  const refusal = refusals[sqlStateOf(error)];
  if (refusal === undefined && !(error instanceof ScriptFailure)) return error;
  const said = error instanceof Error ? error.message : String(error);
  const { why, fix } = refusal ?? lacking;
  const names = { user: user || "the owner", database: decodeURIComponent(pathname.slice(1)) || user };
  return new UsageError(
    {
      what: `PostgreSQL at ${server} refuses: ${(said.split("\n")[0] ?? "").replace(/[.]?$/, ".")}`,
      why: fill(why, names),
      fix: fill(fix, names),
    },
    error,
  );
}

interface Refusal {
  readonly why: string;
  readonly fix: string;
}

const wrongPassword: Refusal = {
  why: "DATABASE_URL names who signs in, as the owner of the schema.",
  fix: "Correct the name and the password before the @ of DATABASE_URL.",
};
const lacking: Refusal = {
  why: "{user} makes the schema and the roles that requests are served as, so it needs the right to both.",
  fix: 'As a superuser: alter role "{user}" createrole; grant create on database "{database}" to "{user}". Or name the owner of the database.',
};
const refusals: { readonly [sqlState: string]: Refusal } = {
  "28000": wrongPassword,
  "28P01": wrongPassword,
  "3D000": {
    why: "DATABASE_URL names the database behind the last slash.",
    fix: 'Make it: create database "{database}". Or name another one.',
  },
  "42501": lacking,
  "42P06": {
    why: "A new database is made from nothing, in one transaction; this one holds something else already.",
    fix: "Name an empty database.",
  },
};

function fill(text: string, { user, database }: { readonly user: string; readonly database: string }): string {
  return text.replaceAll("{user}", user).replaceAll("{database}", database);
}

function sqlStateOf(error: unknown): string {
  return typeof error === "object" && error !== null && "sqlState" in error ? String(error.sqlState) : "";
}

// Node and `pg` say these with words and a code for each way in which a certificate can be wrong.
const isAboutTls = (error: unknown): error is Error => error instanceof Error && /\bSSL\b|certificate/i.test(error.message);

function noTls(error: Error, server: string): UsageError {
  const fix =
    "For a server without TLS add ?sslmode=disable to DATABASE_URL; for one whose certificate is its own, ?sslrootcert=/path/to/ca.pem.";
  return new UsageError(
    { what: `PostgreSQL at ${server}: ${error.message}.`, why: "Both sides must agree on how the connection is encrypted.", fix },
    error,
  );
}

function otherSchema(error: SchemaMismatch, schemaHash: string): UsageError {
  const { message: what } = error;
  // The runtime has one error for both, and only its words tell them apart.
  if (what.includes("belongs to"))
    return new UsageError(
      {
        what,
        why: "Two systems in one database would share accounts, events and keys.",
        fix: "Name the database of this system, or an empty one.",
      },
      error,
    );
  return new UsageError(
    {
      what,
      why: "Changing a schema under its rows needs a plan, which this version does not make yet. Nothing was changed.",
      fix: `Name an empty database. Or apply the difference between the two schema.sql files yourself, and then: update archwright.system set schema_hash = '${schemaHash}'`,
    },
    error,
  );
}
