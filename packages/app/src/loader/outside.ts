/** What a model gets nothing of while it loads, by the reason. */
export type Topic = "clock" | "randomness" | "network" | "machine" | "programs";

/** Why a thing is kept from a model, and what to write instead. */
export const outsideWords: { readonly [T in Topic]: { readonly why: string; readonly fix: string } } = {
  clock: {
    why: "The clock answers differently at each load, so the same files would make another model every time.",
    fix: "Write the value itself, use t.time().now() for the time of a row, or read the clock in a handler.",
  },
  randomness: {
    why: "Chance answers differently at each load, so the same files would make another model every time.",
    fix: "Write the value itself, use t.id() for the id of a row, or draw it in a handler.",
  },
  network: {
    why: "A model must load the same with and without a network.",
    fix: "Write the value into the model, or make the call in a handler.",
  },
  machine: {
    why: "What lies outside the model files differs between machines, so the same files would make another model on each.",
    fix: "Write the value into the model, or use it in a handler: there it is the machine that serves.",
  },
  programs: {
    why: "Loading a model only finds out what the system is: it starts and ends no programs.",
    fix: "Move it into a handler, or into a script beside the model.",
  },
};

/** The globals that are withheld, with the reason. `Date`, `Math` and `Intl` are there, without what reads the clock or chance. */
export const outsideGlobals: { readonly [name: string]: Topic } = {
  setTimeout: "clock",
  setInterval: "clock",
  setImmediate: "clock",
  performance: "clock",
  crypto: "randomness",
  fetch: "network",
  WebSocket: "network",
  EventSource: "network",
  BroadcastChannel: "network",
  navigator: "machine",
  localStorage: "machine",
  sessionStorage: "machine",
  process: "machine",
};

/** Modules of Node that read nothing of the outside: they are what they are, also for a model. */
export const harmlessBuiltins: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "buffer",
  "diagnostics_channel",
  "events",
  "path",
  "path/posix",
  "punycode",
  "querystring",
  "string_decoder",
  "url",
  "util",
  "util/types",
]);

const builtinTopics: { readonly [name: string]: Topic } = {
  child_process: "programs",
  cluster: "programs",
  dgram: "network",
  dns: "network",
  "dns/promises": "network",
  http: "network",
  http2: "network",
  https: "network",
  inspector: "network",
  net: "network",
  perf_hooks: "clock",
  timers: "clock",
  "timers/promises": "clock",
  tls: "network",
  worker_threads: "programs",
};

/** @param used what is used of a module, as it is named to the author: `node:fs.readFileSync()` */
export function topicOfBuiltin(used: string): Topic {
  const module = /^(?:new )?node:([^.]+)/.exec(used)?.[1] ?? "";
  if (module === "crypto" && /random|generate/i.test(used)) return "randomness";
  return builtinTopics[module] ?? "machine";
}

/** Functions of Node's modules that installed packages may hold, but not call while a model loads. */
export const guardedBuiltins: { readonly [builtin: string]: Guarded } = {
  child_process: reachesOut(["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"]),
  cluster: reachesOut(["fork"]),
  crypto: {
    who: "author",
    names: ["randomBytes", "randomFill", "randomFillSync", "randomInt", "randomUUID", "webcrypto.getRandomValues", "webcrypto.randomUUID"],
  },
  dgram: reachesOut(["createSocket"]),
  dns: reachesOut(["lookup", "lookupService", "resolve", "resolve4", "resolve6", "reverse"]),
  "dns/promises": reachesOut(["lookup", "lookupService", "resolve", "resolve4", "resolve6", "reverse"]),
  http: reachesOut(["get", "request"]),
  http2: reachesOut(["connect"]),
  https: reachesOut(["get", "request"]),
  net: reachesOut(["connect", "createConnection", "Socket.prototype.connect", "Server.prototype.listen"]),
  tls: reachesOut(["connect"]),
  worker_threads: reachesOut(["Worker"]),
};

interface Guarded {
  /** Whether nobody may call them, or only nobody on the author's behalf. */
  readonly who: "everybody" | "author";
  readonly names: readonly string[];
}

function reachesOut(names: readonly string[]): Guarded {
  return { who: "everybody", names };
}

/** Of the global `process`, what installed packages do not get either. */
export const endings: ReadonlySet<string> = new Set(["process.abort()", "process.exit()", "process.kill()", "process.reallyExit()"]);

/** `node:fs` and `fs` are one module. */
export function bareName(builtin: string): string {
  return builtin.replace(/^node:/, "");
}
