import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lookupOf, recordFromJson, type JsonValue, type Model } from "@archwright/model";
import { createAccount, createEntityTables, seedRows, type Pool, type Secrets, type SeedRows } from "@archwright/runtime";
import { UsageError } from "../command.ts";

/** `seed.json` beside the model: what a new development database begins with. */
interface SeedFile {
  readonly accounts: readonly SeedAccount[];
  readonly rows: SeedRows;
}

interface SeedAccount {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  readonly actor: { readonly [field: string]: JsonValue };
}

export interface Seeded {
  readonly rows: number;
  readonly accounts: readonly Pick<SeedAccount, "role" | "email" | "password">[];
}

/** Fills a new database from the seed file, if there is one. */
export async function plantSeeds(modelFile: string, model: Model, adminPool: Pool, secrets: Secrets): Promise<Seeded | undefined> {
  const file = join(dirname(modelFile), "seed.json");
  if (!existsSync(file)) return undefined;
  const { accounts, rows } = readSeeds(file, model);
  const lookup = lookupOf(model);
  const tables = createEntityTables(lookup, model, secrets);
  for (const { role, email, password, actor } of accounts) {
    const { actor: actorId } = lookup.role(role);
    const fields = actorId === undefined ? [] : lookup.entity(actorId).fields;
    await createAccount({ model, adminPool, tables }, { role, email, password, actor: recordFromJson(fields, actor) });
  }
  return { rows: await seedRows(adminPool, model, secrets, rows, new Date()), accounts };
}

function readSeeds(file: string, model: Model): SeedFile {
  const { accounts = [], rows = {} } = parse(file);
  for (const id of Object.keys(rows)) {
    if (!model.entities.some((entity) => entity.id === id)) throw wrongSeed(file, `It has rows of "${id}", which is no entity of the model.`, `Entities are ${model.entities.map((entity) => entity.id).join(", ")}.`);
  }
  for (const { role } of accounts) {
    if (!model.roles.some(({ name }) => name === role)) throw wrongSeed(file, `It has an account in the role "${role}", which the model does not have.`, `Roles are ${model.roles.map(({ name }) => name).join(", ")}.`);
  }
  return { accounts, rows };
}

function parse(file: string): Partial<SeedFile> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<SeedFile>; // Each part is looked at by whoever writes it: the fields by their codec, the rows by PostgreSQL.
  } catch (error) {
    throw wrongSeed(file, `It is no JSON: ${error instanceof Error ? error.message : String(error)}`, "Correct it at the place that the message names.");
  }
}

function wrongSeed(file: string, what: string, fix: string): UsageError {
  return new UsageError({ what: `${file} cannot be planted. ${what}`, why: "A development database begins with these rows, all of them or none.", fix });
}

