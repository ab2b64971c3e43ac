import type { Model } from "@archwright/model";
import { createPool, grantRole, type Pool } from "@archwright/runtime";
import { Failure, UsageError, type Surroundings } from "../command.ts";
import type { Compiled } from "../compile.ts";
import { databaseFailure } from "./database-words.ts";
import { DevelopmentDatabase } from "./development-database.ts";

export interface Grant {
  readonly email: string;
  readonly role: string;
}

/** Gives a role in the database of DATABASE_URL. @throws Failure where there is no such account, or no such system */
export async function grantIn(databaseUrl: string, model: Model, grant: Grant): Promise<void> {
  try {
    await grantAt(databaseUrl, model, grant);
  } catch (error) {
    throw databaseFailure(error, databaseUrl);
  }
}

/** The same in the database of `archwright dev`, whether that runs now or not. */
export async function grantInDevelopment(compiled: Compiled, grant: Grant, { stderr }: Pick<Surroundings, "stderr">): Promise<void> {
  const step = (text: string): void => void stderr.write(`${text}\n`);
  const database = await DevelopmentDatabase.open(compiled.file, { step }, () => undefined);
  try {
    const adminUrl = await database.find(compiled.model);
    if (adminUrl === undefined)
      throw new UsageError({
        what: `${compiled.model.name} has no development database yet.`,
        why: "It is made when the model is first run, and anew when its schema changes.",
        fix: "Run `archwright dev`, and sign up there.",
      });
    await grantAt(adminUrl, compiled.model, grant);
  } finally {
    await database.close();
  }
}

async function grantAt(url: string, model: Model, { email, role }: Grant): Promise<void> {
  const adminPool = createPool({
    url,
    max: 1,
    applicationName: "archwright grant",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 10_000,
    idleTimeoutMs: 1_000,
    onError: () => undefined,
  });
  try {
    await assertHolds(model, adminPool);
    await grantRole({ model, adminPool }, email, role).catch(refuse);
  } finally {
    await adminPool.end(1_000);
  }
}

async function assertHolds({ name }: Model, adminPool: Pool): Promise<void> {
  const [places] = await adminPool.read([{ text: "select to_regclass('archwright.system') is not null as there" }]);
  const [systems] = places?.rows[0]?.["there"] === true ? await adminPool.read([{ text: "select name from archwright.system" }]) : [];
  const found = systems?.rows[0]?.["name"];
  if (found === name) return;
  throw new UsageError({
    what:
      found === undefined
        ? "This database holds no system of Archwright."
        : `This database belongs to the system ${JSON.stringify(found)}, not to "${name}".`,
    why: "Accounts lie in the database of their own system.",
    fix: "Name in DATABASE_URL the database that `archwright start` serves from.",
  });
}

/** The runtime says in a sentence what is so and in another what to do. */
function refuse(error: unknown): never {
  const [, what, fix] =
    (error instanceof Error && error.constructor === Error ? /^(.+?\.) ([A-Z].+)$/.exec(error.message) : undefined) ?? [];
  if (what === undefined || fix === undefined) throw error;
  throw new Failure({ what, why: "A role is given to an account, and acts as a row of the role's own entity.", fix }, error);
}
