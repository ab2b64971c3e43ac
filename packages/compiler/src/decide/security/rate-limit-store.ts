import {
  constant,
  difference,
  exact,
  greatest,
  not,
  one,
  power,
  product,
  quotient,
  when,
  zero,
  type Formula,
} from "../../formulas/formula.ts";
import { hoursPerMonth } from "../../quantities/given.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { processesOf } from "../resilience/processes.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const tolerated = constant(
  "rate-limit-store-error",
  "error of a limit that does no harm",
  0.1,
  "share",
  "sourced",
  "catalogue of decisions, 17",
  [0.05, 0.5],
);
const loginLimit = constant(
  "rate-limit-store-login",
  "attempts to sign in that one address has in a minute",
  10,
  "count",
  "measured",
  "default of our server: rateLimits.login",
);
const addressLimit = constant(
  "rate-limit-store-address",
  "requests that one address has in a minute",
  600,
  "count",
  "measured",
  "default of our server: rateLimits.address",
);
const postgresChecks = constant(
  "rate-limit-store-checks",
  "checks of limits that PostgreSQL may be asked for in a second",
  500,
  "/s",
  "sourced",
  "catalogue of decisions, 17: an atomic upsert each",
);
const ms = (id: string, words: string, value: number, range: readonly [number, number]): Formula =>
  constant(`rate-limit-store-${id}`, words, value, "ms", "general", "to be measured", range);

const upsertMs = ms("upsert", "work of the database for a check: a row and its transaction", 0.37, [0.1, 1]);
const postgresMs = ms("postgres", "time that a check in PostgreSQL takes, its commit synced", 2, [0.5, 10]);
const redisMs = ms("redis", "time that a check in Redis takes, within one zone", 0.5, [0.2, 2]);
const redisHours = constant(
  "rate-limit-store-redis-hours",
  "hours a month for a Redis of its own",
  1,
  "hours",
  "general",
  "to be counted",
  [0.25, 4],
);

/** Catalogue of decisions, 17. */
export const rateLimitStore: DecisionRule = {
  id: "rate-limit-store",
  area: "security",
  question: "Where is it counted how often a caller has asked?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 17 (rate-limit store)"],
  propose: (brief) => (brief.decidedIfAny("rate-limit") ? [{ options: optionsOf(brief) }] : []),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { decided, decidedIfAny, price, quantities } = brief;
  const isLimited = not(decided("rate-limit").is("none"));
  const smallest = when(decidedIfAny("sign-in")?.is("own") ?? zero, loginLimit, addressLimit);
  // Each process has its part of the limit, and gets a part of the requests that is as even as chance makes it.
  const error = product(isLimited, power(quotient(greatest(zero, difference(processesOf(brief), one)), smallest), halfPower));
  const checks = product(isLimited, quantities.load.peak);
  const isThere = decidedIfAny("cache")?.is("redis") ?? zero;
  const redisCost = when(isThere, zero, product(price("redis-small"), hoursPerMonth));
  const figures = (formula: Formula): OptionRule["figures"] & object => [
    { id: "error", words: "usual error of the smallest limit", unit: "share", formula },
  ];
  return [
    {
      id: "memory",
      title: "counters in each process",
      needs: [
        needAtMost(
          error,
          tolerated,
          "a caller whose requests happen to meet one process is refused too early, and one who meets all too late",
        ),
      ],
      bill: [],
      hoursPerMonth: zero,
      latencyMs: zero,
      figures: figures(error),
      because: "A count in memory costs nothing and cannot be away.",
      consequence: "A process that starts anew has forgotten who asked too much.",
    },
    {
      id: "postgres",
      title: "counters in PostgreSQL",
      needs: [needAtMost(checks, postgresChecks, "each request would write, and the database has to serve them besides")],
      bill: [],
      hoursPerMonth: zero,
      latencyMs: product(isLimited, postgresMs),
      figures: figures(zero),
      score: databaseWorkPrice(brief, checks, upsertMs),
      because: "All processes count together without a second system.",
      consequence: "Even a request that only reads writes a row.",
    },
    {
      id: "redis",
      title: "counters in Redis",
      bill: [{ component: "rate-limit-store", words: "a small Redis", cost: redisCost }],
      hoursPerMonth: when(isThere, zero, redisHours),
      latencyMs: product(isLimited, redisMs),
      figures: figures(zero),
      because: "All processes count together, as often as need be.",
      consequence: "While Redis is away one has to let everybody in or nobody.",
    },
  ];
}

const halfPower = exact(0.5);
