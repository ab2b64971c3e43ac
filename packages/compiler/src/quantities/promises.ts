import type { Model } from "@archwright/model";
import { waitedBy } from "../facts/call-graph.ts";
import type { Facts } from "../facts/facts.ts";
import { constant, difference, least, named, product, sum, zero, one, type Formula } from "../formulas/formula.ts";
import { assumed, formulaOf, given, givenOr, secondsPerMonth } from "./given.ts";
import type { WorkFormulas } from "./work.ts";

/** What is promised, what is waited for, and what the chain below leaves of a promise. */
export interface PromiseFormulas {
  /** Of the system: what it says, or what we take for it. */
  readonly availability: Formula;
  /** Seconds of a month that it may be down: the error budget. */
  readonly downSeconds: Formula;
  /** What of it a single cause may use up, such as releases, the hosting, or a missing copy. */
  readonly downSecondsEach: Formula;
  readonly rpoMs: Formula;
  readonly rtoMs: Formula;
  readonly team: Formula;
  /** Hours that all of the team work in a month. */
  readonly teamHours: Formula;
  /** Undefined where no budget is stated. */
  readonly budget: Formula | undefined;
  readonly promisedP99Of: (operation: string) => Formula | undefined;
  /** The least that any operation promises. */
  readonly tightestP99: Formula;
  readonly promisedAvailabilityOf: (operation: string) => Formula;
  /** What a context promises, or the system in its stead. */
  readonly contextAvailabilityOf: (context: string) => Formula;
  /** The slowest of a hundred runs, with what it waits for, on an idle system. */
  readonly p99Of: (operation: string) => Formula;
  /** The part of it that an operation works itself, what runs inside its transaction included. */
  readonly ownP99Of: (operation: string) => Formula;
  readonly callP50Of: (call: string) => Formula;
  readonly callP99Of: (call: string) => Formula;
  readonly callAvailabilityOf: (call: string) => Formula;
  readonly callLimitOf: (call: string) => Formula | undefined;
  /** Π of what an operation waits for outside of its own process. */
  readonly chainAvailabilityOf: (operation: string) => Formula;
}

const tailFactor = constant(
  "tail-factor",
  "p99 over the mean of the own work of an operation",
  4,
  "count",
  "general",
  "usual below 70 % use; to be measured",
  [2, 15],
);

const downShare = constant(
  "down-share",
  "share of the error budget that one cause may use up",
  0.5,
  "share",
  "general",
  "database, releases and third parties want theirs too",
  [0.2, 0.8],
);
const hoursOfPerson = constant(
  "team-hours-each",
  "hours that a person works in a month",
  140,
  "hours",
  "general",
  "leave and meetings off",
);

export function promiseFormulas(facts: Facts, work: WorkFormulas): PromiseFormulas {
  const { model, items, calls } = facts;
  const system = systemFormulas(model);
  const outside = callFormulas(facts);
  const { availability } = system;
  const { callP99Of, callAvailabilityOf } = outside;
  const ownP99Of = formulaOf((id) => product(sum(work.applicationMsOf(id), work.databaseMsOf(id)), tailFactor), zero);
  const p99Of = formulaOf((id) => {
    const waits = waitedBy(calls, id).map((callee) => (callee.kind === "external" ? callP99Of(callee.id) : p99Of(callee.id)));
    return named(`${id}.p99`, `p99 of ${items.operations.get(id)?.name ?? id}, without queues`, "ms", sum(ownP99Of(id), ...waits));
  }, zero);
  const chainAvailabilityOf = formulaOf((id) => {
    const parts = waitedBy(calls, id).map((callee) =>
      callee.kind === "external" ? callAvailabilityOf(callee.id) : chainAvailabilityOf(callee.id),
    );
    return named(
      `${id}.chain`,
      `availability of what ${items.operations.get(id)?.name ?? id} waits for`,
      "share",
      parts.length > 0 ? product(...parts) : one,
    );
  }, one);
  const contextAvailabilityOf = formulaOf((name) => {
    const said = items.contexts.get(name)?.availability;
    return said === undefined ? availability : given(`${name}.availability`, `promised availability of ${name}`, "share", said, name);
  }, availability);
  const promisedP99Of = (id: string): Formula | undefined => {
    const slo = items.operations.get(id)?.slo;
    return slo && given(`${id}.slo.p99`, `promised p99 of ${items.operations.get(id)?.name ?? id}`, "ms", slo.p99Ms, id);
  };
  return {
    ...system,
    ...outside,
    contextAvailabilityOf,
    promisedP99Of,
    tightestP99: tightestOf(model.operations.flatMap(({ id }) => promisedP99Of(id) ?? [])),
    promisedAvailabilityOf: formulaOf((id) => {
      const operation = items.operations.get(id);
      const said = operation?.slo?.availability;
      return said === undefined
        ? contextAvailabilityOf(operation?.context ?? "")
        : given(`${id}.slo.availability`, `promised availability of ${operation?.name ?? id}`, "share", said, id);
    }, availability),
    p99Of,
    ownP99Of,
    chainAvailabilityOf,
  };
}

/** What the system as a whole promises, and who and what there is for it. */
function systemFormulas({
  requirements,
  name: system,
}: Model): Pick<PromiseFormulas, "availability" | "downSeconds" | "downSecondsEach" | "rpoMs" | "rtoMs" | "team" | "teamHours" | "budget"> {
  const availability = givenOr(requirements.availability, system, {
    id: "availability",
    words: "promised availability",
    unit: "share",
    value: 0.995,
    range: [0.99, 0.9999],
    ask: "How many hours in a month may it be down?",
    because: "no availability is stated",
  });
  const downSeconds = named("down", "time of a month that it may be down", "s", product(difference(one, availability), secondsPerMonth));
  const team = givenOr(requirements.team, system, {
    id: "team",
    words: "people who build and run it",
    unit: "people",
    value: 3,
    range: [1, 20],
    ask: "How many people build and run it?",
    because: "no team is stated",
  });
  return {
    availability,
    downSeconds,
    downSecondsEach: named("down.each", "time of a month that it may be down for one cause", "s", product(downSeconds, downShare)),
    rpoMs: givenOr(requirements.rpoMs, system, {
      id: "rpo",
      words: "work that may be lost",
      unit: "ms",
      value: 3_600_000,
      range: [0, 86_400_000],
      ask: "How much of the latest work may be lost in a disaster?",
      because: "no rpo is stated",
    }),
    rtoMs: givenOr(requirements.rtoMs, system, {
      id: "rto",
      words: "time to be back",
      unit: "ms",
      value: 14_400_000,
      range: [300_000, 172_800_000],
      ask: "How soon after a disaster must it be back?",
      because: "no rto is stated",
    }),
    team,
    teamHours: named("team.hours", "hours that the team works in a month", "hours", product(team, hoursOfPerson)),
    budget: requirements.budget && given("budget", "budget for a month", "money", requirements.budget.perMonth, system),
  };
}

/** What third parties promise us. */
function callFormulas({ items }: Facts): Pick<PromiseFormulas, "callP50Of" | "callP99Of" | "callAvailabilityOf" | "callLimitOf"> {
  return {
    callP99Of: formulaOf((id) => {
      const external = items.externalCalls.get(id);
      return external
        ? given(`${id}.p99`, `p99 of ${external.call.name} of ${external.integration.name}`, "ms", external.call.p99Ms, id)
        : zero;
    }, zero),
    callAvailabilityOf: formulaOf((id) => {
      const { call, integration } = items.externalCalls.get(id) ?? {};
      return givenOr(call?.availability, id, {
        id: `${id}.availability`,
        words: `availability of ${call?.name ?? id} of ${integration?.name ?? "a third party"}`,
        unit: "share",
        value: 0.999,
        range: [0.99, 0.9999],
        ask: `What availability does the contract with ${integration?.name ?? "the third party"} promise?`,
        because: "the model states none",
      });
    }, one),
    callP50Of: formulaOf((id) => {
      const external = items.externalCalls.get(id);
      return external
        ? given(`${id}.p50`, `p50 of ${external.call.name} of ${external.integration.name}`, "ms", external.call.p50Ms, id)
        : zero;
    }, zero),
    callLimitOf: (id) => {
      const limit = items.externalCalls.get(id)?.call.limitPerSecond;
      return limit === undefined ? undefined : given(`${id}.limit`, `calls that ${id} allows`, "/s", limit, id);
    },
  };
}

function tightestOf(promised: readonly Formula[]): Formula {
  if (promised.length > 0) return named("p99.tightest", "the shortest p99 that an operation promises", "ms", least(...promised));
  return assumed({
    id: "p99.tightest",
    words: "p99 that people bear, as none is promised",
    unit: "ms",
    value: 1_000,
    range: [200, 5_000],
    ask: "How long may one request of a hundred take?",
    because: "no operation promises a p99",
  });
}
