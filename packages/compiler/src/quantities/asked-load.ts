import type { Load, Operation } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { constant, exact, least, named, product, quotient, sum, zero, type Formula } from "../formulas/formula.ts";
import { shortName } from "../lint/phrases.ts";
import { assumed, counted, formulaOf, given, secondsPerDay } from "./given.ts";

/** What the outside asks, a second: as stated, or as estimated where the model states nothing. */
export interface AskedLoad {
  /** Of an operation that is open to the outside; nothing of the others. */
  readonly askedOf: (operation: string, which: Which) => Formula;
  /** What the model states, for whomever. */
  readonly statedOf: (operation: string, which: Which) => Formula | undefined;
  /** Of something that the model does not state and that is no operation. */
  readonly rare: (which: Which) => Formula;
}

export type Which = "mean" | "peak";

const peakFactor = constant(
  "peak-factor",
  "peak over mean where only the mean is stated",
  3,
  "count",
  "general",
  "usual day of a business service",
  [1.5, 10],
);
const unstatedShare = constant(
  "unstated-share",
  "load of an operation without a stated one, over the least that is stated",
  0.1,
  "share",
  "general",
  "people state what matters: the rest is rarer than the rarest of it; to be calibrated by a first week of logs",
  [0.01, 0.5],
);
const readsPerCommand = constant(
  "reads-per-command",
  "reads for each command where no reading is stated",
  5,
  "count",
  "general",
  "usual for business services",
  [1, 50],
);
const requestsPerUser = constant(
  "requests-per-user",
  "requests of one user in a day",
  20,
  "count",
  "general",
  "to be calibrated by a first week of logs",
  [2, 200],
);

/** By how much all load is multiplied: 1, and other values for who asks what ten times the load would change. */
export const loadScale = counted("load.scale", "times the load of the model", 1, "load");

export function askedLoad(facts: Facts): AskedLoad {
  const { model, items } = facts;
  const stated = new Map(model.requirements.load.map((load) => [load.operation, statedLoad(load, model.name)]));
  const outside = model.operations.filter(({ allow }) => allow.kind !== "system");
  const base = baseLoad(
    facts,
    [...stated.values()].map(({ mean }) => mean),
  );
  const rarest = rarestOf(
    base,
    outside.flatMap(({ id }) => stated.get(id)?.mean ?? []),
  );
  const silentQueries = outside.filter(({ id, kind }) => kind === "query" && !stated.has(id)).length;
  const readingIsStated = outside.some(({ id, kind }) => kind === "query" && stated.has(id));
  const silentOf = formulaOf((id) => {
    const { kind, name = id } = items.operations.get(id) ?? {};
    const isEstimatedByCommands = kind === "query" && !readingIsStated;
    const estimate = isEstimatedByCommands
      ? quotient(product(base, readsPerCommand), counted("silent-queries", "queries without a stated load", silentQueries, model.name))
      : product(rarest, unstatedShare);
    return named(`${id}.mean`, `mean rate of ${name}, which the model does not state`, "/s", estimate);
  }, zero);
  const scaled = (mean: Formula, which: Which): Formula =>
    which === "mean" ? product(mean, loadScale) : product(mean, peakFactor, loadScale);
  const statedOf: AskedLoad["statedOf"] = (operation, which) => {
    const said = stated.get(operation);
    return said && product(said[which], loadScale);
  };
  return {
    statedOf,
    askedOf: (id, which) => statedOf(id, which) ?? (isOpen(items.operations.get(id)) ? scaled(silentOf(id), which) : zero),
    rare: (which) => scaled(product(rarest, unstatedShare), which),
  };
}

const isOpen = (operation: Operation | undefined): boolean => operation !== undefined && operation.allow.kind !== "system";

interface StatedLoad {
  readonly mean: Formula;
  readonly peak: Formula;
}

function statedLoad({ operation, meanPerSecond, peakPerSecond }: Load, system: string): StatedLoad {
  const name = shortName(operation);
  const mean = given(`${operation}.mean`, `mean rate of ${name}`, "/s", meanPerSecond, system);
  const peak =
    peakPerSecond === undefined
      ? named(`${operation}.peak`, `peak rate of ${name}`, "/s", product(mean, peakFactor))
      : given(`${operation}.peak`, `peak rate of ${name}`, "/s", peakPerSecond, system);
  return { mean, peak };
}

/** Of what is stated for those outside the least, by which what is not stated is estimated. */
function rarestOf(base: Formula, means: readonly Formula[]): Formula {
  return means.length === 0 ? base : named("load.rarest", "the least load that is stated", "/s", least(...means));
}

/** The stated load of commands, by which reads are estimated where none are stated. */
function baseLoad({ model, items }: Facts, means: readonly Formula[]): Formula {
  const commands = model.requirements.load.flatMap(({ operation }, index) =>
    items.operations.get(operation)?.kind === "command" ? [means[index] ?? zero] : [],
  );
  if (commands.length > 0) return named("load.commands", "stated load of commands", "/s", sum(...commands));
  if (means.length > 0) return named("load.stated", "stated load", "/s", quotient(sum(...means), readsPerCommand));
  const { users } = model.requirements;
  if (users !== undefined)
    return named(
      "load.commands",
      "commands, reckoned from the users",
      "/s",
      quotient(
        product(given("users", "people who use it in a month", "people", users, model.name), requestsPerUser),
        product(secondsPerDay, sum(exact(1), readsPerCommand)),
      ),
    );
  return assumed({
    id: "load.commands",
    words: "commands, which the model does not state",
    unit: "/s",
    value: 1,
    range: [0.01, 100],
    ask: "How many orders, bookings or the like come in on a usual day?",
    because: "no load is stated",
  });
}
