import { lookupOf, recordFromJson, type Model } from "@archwright/model";
import { createAccount, createEntityTables, seedRows, type Pool, type Secrets } from "@archwright/runtime";
import { wrongSeeds, type SeedAccount, type Seeds } from "./seed-file.ts";

export interface Ground {
  readonly model: Model;
  /** Of the database's superuser. */
  readonly adminPool: Pool;
  readonly secrets: Secrets;
}

/** One thing to write, and smaller ones that together are the same, to find out which of them is refused. */
interface Unit {
  readonly name: string;
  readonly parts: readonly Unit[];
  plant(): Promise<unknown>;
}

/**
 * Writes seeds into an empty database. What refers to something that is not there yet waits for its turn, whatever the order in the file.
 *
 * @throws Failure that names the account or row that PostgreSQL refuses. What was written before it stays: the database is to be dropped.
 */
export async function plantSeeds(seeds: Seeds, ground: Ground): Promise<void> {
  let waiting = [...accountUnits(seeds.accounts, ground), ...rowUnits(seeds, ground)];
  while (waiting.length > 0) {
    const refused: { readonly unit: Unit; readonly error: unknown }[] = [];
    for (const unit of waiting) {
      try {
        await unit.plant();
      } catch (error) {
        refused.push({ unit, error });
      }
    }
    const hard = refused.find(({ unit, error }) => unit.parts.length === 0 && sqlStateOf(error) !== foreignKeyViolation);
    const stuck = refused.length === waiting.length && refused.every(({ unit }) => unit.parts.length === 0) ? refused[0] : undefined;
    const given = hard ?? stuck;
    if (given) throw wrongSeeds(seeds.file, [`${given.unit.name}: ${reasonOf(given.error)}`], given.error);
    waiting = refused.flatMap(({ unit }) => (unit.parts.length > 0 ? unit.parts : [unit]));
  }
}

function accountUnits(accounts: readonly SeedAccount[], { model, adminPool, secrets }: Ground): Unit[] {
  const lookup = lookupOf(model);
  const tables = createEntityTables(lookup, model, secrets);
  return accounts.map(({ role, email, password, actor = {} }, index) => {
    const { actor: entity } = lookup.role(role);
    const fields = entity === undefined ? [] : lookup.entity(entity).fields;
    return {
      name: `account ${index + 1} (${email})`,
      parts: [],
      plant: () => createAccount({ model, adminPool, tables }, { role, email, password, actor: recordFromJson(fields, actor) }),
    };
  });
}

function rowUnits({ rows }: Seeds, { model, adminPool, secrets }: Ground): Unit[] {
  const now = new Date();
  return Object.entries(rows).map(([id, list]) => {
    const unit = (name: string, some: typeof list, parts: readonly Unit[] = []): Unit => ({
      name,
      parts,
      plant: () => seedRows(adminPool, model, secrets, { [id]: some }, now),
    });
    return unit(
      id,
      list,
      list.map((row, index) => unit(`row ${index + 1} of ${id}`, [row])),
    );
  });
}

const foreignKeyViolation = "23503";

/** Errors of the database carry their state, and so does the cause of what was made of one for a caller. */
function sqlStateOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "sqlState" in error ? String(error.sqlState) : sqlStateOf(error.cause);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What else a problem says is for a caller: to sign in instead.
  const [reason = ""] = error.message.split(/\.(?: |$)/);
  const detail =
    "detail" in error && typeof error.detail === "string" && "sqlState" in error ? ` (${error.detail.replace(/\.$/, "")})` : "";
  return `${reason}${detail}`;
}
