import Module, { createRequire, isBuiltin, syncBuiltinESMExports } from "node:module";
import type { Origin } from "@archwright/model";
import type { IsAuthored } from "./authored.ts";
import { doorKey, type Door } from "./builtin-facade.ts";
import {
  bareName,
  endings,
  guardedBuiltins,
  harmlessBuiltins,
  outsideGlobals,
  outsideWords,
  topicOfBuiltin,
  type Topic,
} from "./outside.ts";
import { placesOf } from "./place.ts";
import type { Problem } from "./problem.ts";
import { standIn, type Ask } from "./stand-in.ts";

/**
 * Takes network, clock, chance and machine away from this process, for good. The author's files are refused them at his
 * line. Installed packages keep what they read while they set themselves up, with a clock and a chance that stand still,
 * because many do and few of them matter to a model; what reaches out is refused to them too.
 */
export function withhold(isAuthored: IsAuthored): void {
  const refuse = refusals(isAuthored);
  withholdClock(refuse.author("clock"));
  withholdChance(refuse.author("randomness"));
  for (const [name, topic] of Object.entries(outsideGlobals)) withholdGlobal(name, topic, refuse);
  withholdBuiltins(isAuthored, refuse);
}

/** The use of something that a model gets nothing of. */
export class Outside extends Error implements Problem {
  readonly code = "load/outside";
  readonly why: string;
  readonly fix: string;
  readonly at: readonly Origin[];

  constructor(name: string, topic: Topic, at: readonly Origin[]) {
    super(`${name} is used while the model loads.`);
    this.name = "Outside";
    this.why = outsideWords[topic].why;
    this.fix = outsideWords[topic].fix;
    this.at = at;
  }
}

interface Refusals {
  /** Refuses the author and what he calls. */
  readonly author: (topic: Topic) => Ask;
  /** Refuses everybody. */
  readonly everybody: (topic: Topic) => Ask;
}

// Deep enough to find the author below a package that he calls.
const depthMax = 100;

function refusals(isAuthored: IsAuthored): Refusals {
  const authorOnStack = (): Origin | undefined => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = depthMax;
    const { stack = "" } = new Error("who asks");
    Error.stackTraceLimit = limit;
    return placesOf(stack).find(({ file }) => isAuthored(file));
  };
  return {
    author: (topic) => (name) => {
      const place = authorOnStack();
      if (place) throw new Outside(name, topic, [place]);
    },
    everybody: (topic) => (name) => {
      const place = authorOnStack();
      throw new Outside(name, topic, place ? [place] : []);
    },
  };
}

function withholdClock(ask: Ask): void {
  const stillness = Date.UTC(2000, 0, 1);
  const now = (name: string): number => {
    ask(name);
    return stillness;
  };
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, made) => Reflect.construct(target, values.length === 0 ? [now("new Date()")] : values, made),
    apply: () => new RealDate(now("Date()")).toString(),
    get: (target, key) => (key === "now" ? () => now("Date.now()") : Reflect.get(target, key)),
  });
  RealDate.prototype.constructor = globalThis.Date;

  const { prototype } = Intl.DateTimeFormat;
  const formatToParts = prototype.formatToParts;
  const formatOf = Object.getOwnPropertyDescriptor(prototype, "format")?.get;
  const dateOr = (date?: Date | number): Date | number => (date === undefined ? now("Intl.DateTimeFormat.format()") : date);
  prototype.formatToParts = function (date) {
    return formatToParts.call(this, dateOr(date));
  };
  Object.defineProperty(prototype, "format", {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format: (date: Date | number) => string = formatOf?.call(this);
      return (date?: Date | number) => format(dateOr(date));
    },
  });
  AbortSignal.timeout = () => {
    ask("AbortSignal.timeout()");
    return new AbortController().signal;
  };
}

function withholdChance(ask: Ask): void {
  // Packages get a sequence that looks like chance and is the same at each load.
  let state = 1;
  Math.random = () => {
    ask("Math.random()");
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function withholdGlobal(name: string, topic: Topic, refuse: Refusals): void {
  const described = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!described) return;
  const read = (): unknown => (described.get ? described.get.call(globalThis) : described.value);
  const ask: Ask = (used) => {
    if (endings.has(used)) refuse.everybody("programs")(used);
    refuse[topic === "network" ? "everybody" : "author"](topicOfGlobal(used, topic))(used);
  };
  // Some globals load their module when they are first looked at: leave that to whoever looks.
  let stand: unknown;
  Object.defineProperty(globalThis, name, { configurable: true, get: () => (stand ??= standIn(read(), name, ask)) });
}

const topicOfGlobal = (used: string, topic: Topic): Topic => (/^process\.(?:hrtime|uptime|cpuUsage)\b/.test(used) ? "clock" : topic);

function withholdBuiltins(isAuthored: IsAuthored, refuse: Refusals): void {
  const require = createRequire(import.meta.url);
  const guardedNames = new Set<string>();
  const guard = (builtin: string): void => {
    const name = bareName(builtin);
    const guarded = guardedBuiltins[name];
    if (guarded === undefined || guardedNames.has(name)) return;
    guardedNames.add(name);
    const ask: Ask = (used) => refuse[guarded.who](topicOfBuiltin(used))(used);
    for (const path of guarded.names)
      replace(require(`node:${name}`), path, (real, owner) => standIn(real, `node:${name}.${path}`, ask, owner));
    syncBuiltinESMExports();
    // Every connection ends in a socket of `net`, whichever module began it.
    if (topicOfBuiltin(`node:${name}`) === "network") guard("net");
  };
  const withheld = (builtin: string, name?: string): unknown => {
    const real: unknown = require(builtin);
    const module = `node:${bareName(builtin)}`;
    const ask: Ask = (used) => refuse.everybody(topicOfBuiltin(used))(used);
    return name === undefined ? standIn(real, module, ask) : standIn(Reflect.get(Object(real), name), `${module}.${name}`, ask);
  };
  Object.defineProperty(globalThis, Symbol.for(doorKey), { value: { withheld, guard } satisfies Door });
  guardRequire(isAuthored, { withheld, guard });
}

function guardRequire(isAuthored: IsAuthored, door: Door): void {
  const loader = Module as unknown as { _load: (request: string, parent?: { filename?: string }, isMain?: boolean) => unknown }; // Node offers no public hook for require on Node 20; this one is what all tools use.
  const load = loader._load;
  loader._load = function (this: unknown, request, parent, isMain) {
    if (!isBuiltin(request)) return load.call(this, request, parent, isMain);
    const name = bareName(request);
    if (parent?.filename !== undefined && isAuthored(parent.filename) && !harmlessBuiltins.has(name)) return door.withheld(request);
    door.guard(request);
    return load.call(this, request, parent, isMain);
  };
}

function replace(object: object, path: string, by: (real: unknown, owner: object | undefined) => unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const owner = keys.reduce<object>((inner, key) => Object(Reflect.get(inner, key)), object);
  const real: unknown = Reflect.get(owner, last);
  // A method on a prototype belongs to whatever it is called on.
  const ownerOfNative = keys.at(-1) === "prototype" ? undefined : owner;
  if (real !== undefined)
    Object.defineProperty(owner, last, { configurable: true, enumerable: true, writable: true, value: by(real, ownerOfNative) });
}
