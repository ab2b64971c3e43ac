import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./failure.ts";

/** The account that the server runs under when it is not our own. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

// PostgreSQL refuses to run as root. `nobody` exists nearly everywhere and owns nothing; the others are for the rest.
const unprivileged = ["nobody", "postgres", "daemon"];

/** For root an account without privileges; for everybody else undefined, which is: stay who we are. */
export function serverAccount(passwdPath = "/etc/passwd"): Account | undefined {
  if (process.getuid?.() !== 0) {
    refuseNamelessUser();
    return undefined;
  }
  const accounts = readAccounts(passwdPath);
  const account = unprivileged.map((name) => accounts.find((one) => one.name === name && one.uid !== 0)).find((one) => one !== undefined);
  if (account === undefined) {
    throw new EmbeddedPostgresFailure({
      what: `This process runs as root, and ${passwdPath} has none of the accounts ${unprivileged.join(", ")}.`,
      why: "PostgreSQL refuses to run as root, so it needs another account to run under.",
      fix: `Run this as an ordinary user, ${orDatabaseUrl}.`,
    });
  }
  return account;
}

function readAccounts(passwdPath: string): readonly Account[] {
  return readFileSync(passwdPath, "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid = "", gid = ""]) => ({ name, uid: accountId(uid), gid: accountId(gid) }))
    .filter(({ name, uid, gid }) => name !== "" && Number.isInteger(uid) && Number.isInteger(gid));
}

// macOS writes the highest ids as negative numbers.
function accountId(text: string): number {
  return text === "" ? Number.NaN : Number(text) >>> 0;
}

function refuseNamelessUser(): void {
  try {
    userInfo();
  } catch (error) {
    throw new EmbeddedPostgresFailure(
      {
        what: `This process runs as user id ${process.getuid?.()}, which has no name on this machine.`,
        why: "PostgreSQL makes its first files only for a user with a name.",
        fix: `Run this as a user that /etc/passwd knows (in a container: add the user in the image), ${orDatabaseUrl}.`,
      },
      error,
    );
  }
}
