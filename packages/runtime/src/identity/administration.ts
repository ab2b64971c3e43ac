import { lookupOf, maintenanceRole, type Model } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { emailKey, openAccount, type ActorTables, type NewAccount } from "./accounts.ts";
import { createPasswords } from "./passwords.ts";
import type { Account } from "./sessions.ts";

/** For seeds and the command line: a pool of a role that may become the maintenance role, as the superuser may. */
export interface AdministrationOptions {
  readonly model: Model;
  readonly adminPool: Pool;
  readonly now?: () => Date;
}

/**
 * Makes an account in any role, by the same code as signing up.
 *
 * @throws ProblemError conflict when the email has an account already.
 *
 * @example
 * await createAccount({ model, adminPool, tables }, { role: "staff", email: "ada@example.com", password: "correct horse battery", actor: { name: "Ada" } });
 */
export async function createAccount(
  options: AdministrationOptions & { readonly tables: ActorTables },
  given: NewAccount,
): Promise<Account> {
  const { model, adminPool, tables, now = () => new Date() } = options;
  const passwords = createPasswords();
  return openAccount({ model, pool: adminPool, tables, passwords, now, databaseRole: maintenanceRole(model.name) }, given);
}

/**
 * Gives an account another role. Access tokens that are out keep the old one until they expire, in minutes; a refresh brings the new one.
 *
 * @throws Error when there is no such account, or when the roles' actors are rows of different entities.
 */
export async function grantRole({ model, adminPool }: AdministrationOptions, email: string, roleName: string): Promise<void> {
  const lookup = lookupOf(model);
  const role = lookup.role(roleName);
  await adminPool.transaction(async (transaction) => {
    const [found] = await transaction.run([
      { text: "select id, role from archwright.account where email = $1 for update", values: [emailKey(email)] },
    ]);
    const row = found?.rows[0];
    if (!row) throw new Error(`No account has the email ${email}. Sign up with it first, or create the account.`);
    const before = lookup.role(String(row["role"]));
    if (before.actor !== role.actor) {
      throw new Error(
        `${email} is a ${before.name}, whose row is one of ${before.actor ?? "no entity"}, and a ${role.name} is one of ${role.actor ?? "no entity"}. Create a ${role.name} with another email.`,
      );
    }
    await transaction.run([{ text: "update archwright.account set role = $2 where id = $1", values: [row["id"], role.name] }]);
  });
}
