import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from "./embedded.ts";
import { serverAccount } from "./embedded/account.ts";
import { findBinaries, installedPackage } from "./embedded/binaries.ts";
import { ensureCluster } from "./embedded/cluster.ts";
import { startOrShare } from "./embedded/server.ts";

const isRoot = process.getuid?.() === 0;
const module = new URL("embedded.ts", import.meta.url).pathname;

let folder = "";
let cache = "";
const children: ChildProcess[] = [];
const servers: EmbeddedPostgres[] = [];

beforeAll(async () => {
  cache = await mkdtemp("/tmp/archwright-slow-cache-");
});

afterAll(() => rm(cache, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp("/tmp/archwright-slow-");
  await chmod(folder, 0o777);
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
  }
  await serversGone();
  await rm(folder, { recursive: true, force: true });
});

async function serversGone(): Promise<void> {
  await expect.poll(() => serversIn(folder), { timeout: 10_000 }).toEqual([]);
}

function places(caches: readonly string[] = [cache]): NonNullable<EmbeddedPostgresOptions["places"]> {
  return { caches, states: [join(folder, "state")] };
}

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory: join(folder, "project"), places: places(), ...options });
  servers.push(server);
  return server;
}

async function rows(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

/** The ids of the servers whose data lie under a folder. */
async function serversIn(path: string): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => commandLine(pid).includes(`-D ${path}`)).map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
  } catch {
    return "";
  }
}

// Another process: it starts a server, says where, and stops it in order at SIGINT.
const program = `
  import { runnerImport } from "vite";
  const { module } = await runnerImport(process.argv[1], { configFile: false, logLevel: "error" });
  const server = await module.startEmbeddedPostgres(JSON.parse(process.argv[2]));
  const { port, adminUrl, started } = server;
  setInterval(() => {}, 1000);
  process.once("SIGINT", async () => {
    const url = await server.database("made_while_stopping");
    await server.stop();
    process.exit(url.endsWith("made_while_stopping") ? 0 : 1);
  });
  console.log(JSON.stringify({ port, adminUrl, started }));
`;

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly adminUrl: string;
  readonly started: boolean;
}

async function inChild(options: Partial<EmbeddedPostgresOptions> = {}, user: { uid?: number; gid?: number } = {}): Promise<Started> {
  const argument = JSON.stringify({ directory: join(folder, "project"), places: places(), ...options });
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, module, argument], {
    ...user,
    cwd: dirname(module),
    env: { ...process.env, ...(user.uid !== undefined && { HOME: "/nonexistent" }) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString("utf8");
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const said: Omit<Started, "child"> = JSON.parse(line);
    return { child, ...said };
  }
  throw new Error(`The child ended: ${complaint}`);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return child.exitCode;
  }
  return new Promise((resolve) => {
    child.once("exit", resolve);
  });
}

// The tests look for servers in /proc.
describe.runIf(process.platform === "linux")("a server and its processes", () => {
  test("the server stops when its owner is killed by SIGKILL, and its rows are there at the next start", async () => {
    const first = await inChild();
    await rows(first.adminUrl, "create table kept as select 1 as n");
    expect(await serversIn(folder)).toHaveLength(1);
    first.child.kill("SIGKILL");
    await serversGone();
    const second = await start();
    expect(await rows(second.adminUrl, "select n from kept")).toEqual([[1]]);
  });

  test("a temporary server takes its folder with it when its owner is killed", async () => {
    const { child } = await inChild({ temporary: { ownerPid: process.pid } });
    child.kill("SIGKILL");
    await ended(child);
    await sleep(1500);
    expect(await serversIn(folder)).toHaveLength(1);
    const owner = spawn("sleep", ["60"]);
    const other = join(folder, "other");
    await inChild({ directory: other, temporary: { ownerPid: owner.pid ?? 0 } });
    owner.kill("SIGKILL");
    await expect.poll(() => existsSync(other), { timeout: 8000 }).toBe(false);
    for (const pid of await serversIn(folder)) {
      process.kill(pid, "SIGINT");
    }
  });

  test("committed rows survive when the server itself is killed by SIGKILL", async () => {
    const first = await start();
    await rows(first.adminUrl, "create table kept as select generate_series(1, 1000) as n");
    const holder = new Client({ connectionString: first.adminUrl });
    holder.on("error", () => undefined);
    await holder.connect();
    const busy = holder.query("select pg_sleep(60)").catch(() => undefined);
    const [pid] = await serversIn(folder);
    process.kill(pid ?? 0, "SIGKILL");
    const second = await start();
    await busy;
    expect(second.started).toBe(true);
    expect(await rows(second.adminUrl, "select count(*)::int from kept")).toEqual([[1000]]);
  });

  test("the mark of a killed server whose pid belongs to another program now is passed over", async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn("sleep", ["60"], isRoot ? { uid: 65_534, gid: 65_534 } : {});
    const data = join(folder, "project", "cluster", "data");
    await writeFile(join(data, "postmaster.pid"), `${stranger.pid}\n${data}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
    const second = await start();
    expect(second.started).toBe(true);
    expect(await rows(second.adminUrl, "select 1")).toEqual([[1]]);
    stranger.kill();
  });

  test("Ctrl-C reaches the owner alone, so that it can use the database while it stops", async () => {
    const { child } = await inChild();
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended(child)).toBe(0);
    expect(await serversIn(folder)).toEqual([]);
  });

  test("another process shares the server, and leaves it running when it stops", async () => {
    const first = await inChild();
    const second = await start();
    expect(second).toMatchObject({ port: first.port, started: false });
    await second.stop();
    expect(await rows(first.adminUrl, "select 1")).toEqual([[1]]);
  });

  test("four processes that start at once on nothing get one server", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => inChild()));
    expect(new Set(all.map(({ port }) => port)).size).toBe(1);
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    expect(await rows(all[3]?.adminUrl ?? "", "select 1")).toEqual([[1]]);
    expect(await readdir(join(folder, "project"))).toEqual(["cluster", "server.log"]);
  });

  test("a start that was killed on its way leaves nothing that the next one stumbles over", async () => {
    const unfinished = (path: string): Promise<boolean> =>
      readdir(path).then(
        (names) => names.some((name) => /\.[0-9a-f-]{36}$/.test(name)),
        () => false,
      );
    for (const [at, afterMs] of [
      ["cache", 0],
      ["cache", 100],
      ["project", 0],
      ["project", 40],
      ["project", 80],
      ["project", 120],
    ] as const) {
      const options = { directory: join(folder, `project ${at} ${afterMs}`), places: places([join(folder, `cache ${at} ${afterMs}`)]) };
      const argument = JSON.stringify(options);
      const child = spawn(process.execPath, ["--input-type=module", "-e", program, module, argument], {
        cwd: dirname(module),
        stdio: "ignore",
      });
      const watched = at === "cache" ? join(folder, `cache ${at} ${afterMs}`) : options.directory;
      await expect.poll(() => unfinished(watched), { interval: 1, timeout: 10_000 }).toBe(true);
      await sleep(afterMs);
      child.kill("SIGKILL");
      const server = await start(options);
      expect(await rows(server.adminUrl, "select 1"), `${afterMs} ms into the ${at}`).toEqual([[1]]);
      await server.stop();
    }
  });

  test("a port that is lost in a race is replaced by another", async () => {
    const thief = createServer();
    await new Promise<void>((resolve) => {
      thief.listen(0, "127.0.0.1", resolve);
    });
    const address = thief.address();
    const taken = typeof address === "object" && address !== null ? address.port : 0;
    const picks = [taken, taken];
    const account = serverAccount();
    const log = (): void => undefined;
    const options = { account, places: places(), log, durable: true };
    const binaries = await findBinaries(options);
    await mkdir(join(folder, "project"));
    const { data } = await ensureCluster({ ...options, binaries, folder: join(folder, "project") });
    const server = await startOrShare({
      ...options,
      binaries,
      data,
      logFile: join(folder, "server.log"),
      ownerPid: process.pid,
      pickPort: async () => {
        const pick = picks.shift();
        // The thief leaves after it was met twice.
        return pick ?? new Promise((resolve) => thief.close(() => resolve(taken)));
      },
    });
    expect({ port: server.postmaster.port, picks }).toEqual({ port: taken, picks: [] });
    await server.stop?.();
  });

  test("a folder made by another version is refused with what to do", async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(folder, "project", "cluster", "data", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toMatchObject({ what: expect.stringContaining("made by PostgreSQL 17, and this is PostgreSQL 18") });
  });

  test("a server that cannot start says why, and where its log is", async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(folder, "project", "cluster", "data", "postgresql.conf"), "no_such_setting = 1\n");
    await expect(start()).rejects.toMatchObject({
      what: expect.stringContaining("no_such_setting"),
      why: expect.stringContaining(join(folder, "project", "server.log")),
    });
  });
});

describe.runIf(isRoot && process.platform === "linux")("as root", () => {
  test("the server runs without privileges and its files belong to it", async () => {
    await start();
    const [pid] = await serversIn(folder);
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Uid:\s65534\s65534\s65534\s65534$/m);
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Groups:\s*$/m);
    expect((await lstat(join(folder, "project", "cluster", "data"))).uid).toBe(65_534);
  });

  test("an ordinary user starts a server of its own, and stops it", async () => {
    const user = { uid: 65_534, gid: 65_534 };
    const { child, adminUrl } = await inChild({ places: places([join(folder, "cache")]) }, user);
    expect(await rows(adminUrl, "select lower('Ä')")).toEqual([["ä"]]);
    expect((await lstat(join(folder, "project"))).uid).toBe(user.uid);
    child.kill("SIGINT");
    expect(await ended(child)).toBe(0);
    expect(await serversIn(folder)).toEqual([]);
  });

  test("an ordinary user whose server's owner is killed leaves none behind", async () => {
    const { child } = await inChild({ places: places([join(folder, "cache")]) }, { uid: 65_534, gid: 65_534 });
    expect(await serversIn(folder)).toHaveLength(1);
    child.kill("SIGKILL");
    await serversGone();
  });

  test("the database of another user is refused with what to do", async () => {
    const { child } = await inChild({ places: places([join(folder, "cache")]) }, { uid: 65_534, gid: 65_534 });
    child.kill("SIGINT");
    await ended(child);
    await expect(start()).rejects.toMatchObject({ what: expect.stringContaining("belongs to user id 65534, and this process runs as 0") });
  });

  test("a project that only root can enter keeps its database elsewhere, and finds it again", async () => {
    const secret = await mkdtemp(join(homedir(), "archwright-slow-"));
    const directory = join(secret, "project", ".archwright", "postgres");
    const steps: string[] = [];
    const first = await start({ directory, log: (step) => steps.push(step) });
    await rows(first.adminUrl, "create table kept as select 1 as n");
    await first.stop();
    const second = await start({ directory, log: (step) => steps.push(step) });
    expect(await rows(second.adminUrl, "select n from kept")).toEqual([[1]]);
    expect(steps.filter((step) => step.includes(`so the database lies in ${join(folder, "state", "postgres")}`))).toHaveLength(1);
    await rm(secret, { recursive: true });
  });

  test("programs that its account cannot reach, and that npm neither linked nor opened to others, run from a copy", async () => {
    const secret = await mkdtemp(join(homedir(), "archwright-slow-"));
    const original = installedPackage();
    await cp(original.folder, secret, { recursive: true, filter: async (path) => !(await lstat(path)).isSymbolicLink() });
    await spawnAndWait("chmod", ["-R", "go=", secret]);
    const steps: string[] = [];
    const options = { account: serverAccount(), places: places([join(folder, "cache")]), log: (step: string) => steps.push(step) };
    const binaries = await findBinaries({ ...options, installed: { ...original, folder: secret } });
    await findBinaries({ ...options, installed: { ...original, folder: secret } });
    await rm(secret, { recursive: true });
    expect(binaries.postgres).toContain(join(folder, "cache"));
    expect(steps).toHaveLength(1);
    await mkdir(join(folder, "project"));
    const { data } = await ensureCluster({ ...options, binaries, durable: true, folder: join(folder, "project") });
    const server = await startOrShare({
      ...options,
      binaries,
      data,
      durable: true,
      logFile: join(folder, "server.log"),
      ownerPid: process.pid,
    });
    await server.stop?.();
    expect(existsSync(join(data, "PG_VERSION"))).toBe(true);
  });

  test("a folder that somebody else prepared is not used as a cache", async () => {
    await mkdir(join(folder, "cache"));
    await spawnAndWait("chown", ["65534", join(folder, "cache")]);
    await expect(start({ places: places([join(folder, "cache")]) })).rejects.toMatchObject({
      what: expect.stringContaining(`${join(folder, "cache")} belongs to another user`),
    });
  });
});

async function spawnAndWait(command: string, args: readonly string[]): Promise<void> {
  await ended(spawn(command, args));
}
