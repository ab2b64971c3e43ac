import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@archwright/runtime";
import { cpuOf, cpuOfServer } from "./cpu.mjs";
import { makeWorld, oursTokens, peerTokens } from "./world.mjs";

// The shop against the same four routes written by hand: node bench/throughput/run.mjs [--rounds 3] [--seconds 3] [--only a,b,d,e]

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "3" },
    only: { type: "string", default: "a,b,d,e" },
    servers: { type: "string", default: "ours,peer,bare" },
    connections: { type: "string", default: "64" },
    profile: { type: "string" },
  },
});
const names = { a: "GET an order", b: "GET a page of 20 orders", d: "POST a product", e: "POST an order" };
const workloads = values.only.split(",");
const servers = values.servers.split(",");
const folder = fileURLToPath(new URL(".", import.meta.url));

const directory = join(folder, "..", "..", ".archwright", "bench", "throughput");
const postgres = await startEmbeddedPostgres({ directory, log: () => {} });
const children = [];
try {
  const world = await makeWorld(postgres);
  const running = await startServers(world);
  const load = fork(join(folder, "load.mjs"));
  children.push(load);
  const postmaster = postmasterOf();
  const cells = [];
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const workload of workloads)
      for (const server of running)
        cells.push({ workload, server: server.name, ...(await measure(load, server, workload, world, postmaster)) });
  report(cells);
} finally {
  await Promise.all(
    children.map(async (child) => {
      if (!child.connected) return;
      child.disconnect();
      await once(child, "exit");
    }),
  );
  await postgres.stop();
}

async function startServers({ appUrl, masterKey, peerLogin, bareUrl, accounts }) {
  const { tokens, publicJwk } = await peerTokens(accounts);
  const environments = {
    ours: { DATABASE_URL: appUrl, MASTER_KEY: masterKey.toString("hex") },
    peer: { DATABASE_URL: peerLogin, PUBLIC_JWK: JSON.stringify(publicJwk) },
    bare: { DATABASE_URL: bareUrl, PROTECTED: "no" },
  };
  const started = [];
  for (const name of servers) {
    const execArgv = name === "ours" && values.profile ? ["--cpu-prof", `--cpu-prof-dir=${values.profile}`] : [];
    const child = fork(join(folder, name === "ours" ? "ours.mjs" : "peer.mjs"), {
      env: { ...process.env, NODE_ENV: "production", ...environments[name] },
      execArgv,
    });
    children.push(child);
    const [{ url }] = await once(child, "message");
    const known = name === "ours" ? await oursTokens(url, accounts) : name === "peer" ? tokens : [];
    started.push({ name, url, pid: child.pid, tokens: known });
  }
  return started;
}

function postmasterOf() {
  const [, , , port] = new URL(postgres.adminUrl).href.split(/[:@/]+/);
  for (const file of [join(directory, "cluster", "data", "postmaster.pid")]) return Number(readFileSync(file, "utf8").split("\n")[0]);
  throw new Error(`Nobody listens on ${port}.`);
}

async function measure(load, { name, url, pid, tokens }, workload, { accounts, orders, products }, postmaster) {
  const callers = orders.map((ids, index) => ({
    token: tokens[index],
    actor: accounts[index].actor,
    orders: ids,
    // Ours hands out opaque cursors: an id in brackets, in base64.
    cursors: ids.slice(0, -20).map((id) => (name === "ours" ? Buffer.from(JSON.stringify([null, id])).toString("base64url") : id)),
  }));
  const staff = { token: tokens.at(-1), actor: accounts.at(-1).actor };
  load.send({
    url,
    workload,
    callers,
    staff,
    products,
    connections: Number(values.connections),
    warmupMs: 1_500,
    measureMs: Number(values.seconds) * 1000,
  });
  const cpu = () => ({ app: cpuOf(pid), server: cpuOfServer(postmaster) });
  await once(load, "message");
  const before = cpu();
  await once(load, "message");
  const after = cpu();
  const [result] = await once(load, "message");
  const bad = Object.entries(result.statuses).filter(([status]) => !status.startsWith("2"));
  if (bad.length > 0) console.error(`${name} ${workload}: ${JSON.stringify(result.statuses)}`);
  return { ...result, appUs: (after.app - before.app) / result.requests, postgresUs: (after.server - before.server) / result.requests };
}

function report(cells) {
  console.log(
    "| workload | server | req/s | ÷ peer | p50 ms | p99 ms | app µs/req | PostgreSQL µs/req | bytes |\n|---|---|---|---|---|---|---|---|---|",
  );
  for (const workload of workloads) {
    const of = (server, field) =>
      median(cells.filter((cell) => cell.workload === workload && cell.server === server).map((cell) => cell[field]));
    for (const server of servers) {
      const ratio = servers.includes("peer") ? (of(server, "perSecond") / of("peer", "perSecond")).toFixed(2) : "";
      const numbers = [
        ["perSecond", 0],
        ["p50", 2],
        ["p99", 1],
        ["appUs", 0],
        ["postgresUs", 0],
        ["bytesEach", 0],
      ].map(([field, digits]) => of(server, field).toFixed(digits));
      console.log(`| ${workload} ${names[workload]} | ${server} | ${numbers[0]} | ${ratio} | ${numbers.slice(1).join(" | ")} |`);
    }
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
