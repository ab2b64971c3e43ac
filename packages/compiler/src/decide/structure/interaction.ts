import type { Operation } from "@archwright/model";
import { constant, one, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, whether } from "../../quantities/given.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule, type Proposal } from "../rule.ts";
import { eventDelayOf } from "./event-delay.ts";
import { hopAvailability, hopMs } from "./process-cost.ts";
import { inOneProcess, processGroupsOf } from "./process-groups.ts";

const catalogue = "catalogue of decisions, 6 (synchronous or not)";
const waitShare = constant(
  "interaction-wait-share",
  "share of its promised time that an operation may wait for another context",
  0.5,
  "share",
  "sourced",
  catalogue,
);
const httpHours = constant(
  "interaction-http",
  "hours in a month for a call over HTTP: its contract, its time limit, its failures",
  1,
  "hours",
  "general",
  "to be calibrated by the team",
  [0.25, 4],
);
const eventHours = constant(
  "interaction-event",
  "hours in a month for an event: its consumer, what comes twice, what comes late",
  2,
  "hours",
  "general",
  "to be calibrated by the team",
  [0.5, 8],
);

/** Catalogue of decisions, 6: of each call from one context to another. What runs inside a transaction has no choice. */
export const interaction: DecisionRule = {
  id: "interaction",
  area: "structure",
  question: "How does one context reach another?",
  evidence: "sourced",
  sources: [catalogue, "catalogue of decisions, 4: a hop takes 0.5 to 1 ms, and availability multiplies"],
  propose: (brief) => {
    const { crossings } = processGroupsOf(brief.facts);
    if (crossings.length === 0) return [];
    const isTogether = inOneProcess(brief);
    const deliveryMs = eventDelayOf(brief);
    return crossings.flatMap(({ caller, callee, from, to }): readonly Proposal[] => {
      const pair = { caller: brief.facts.items.operations.get(caller), callee: brief.facts.items.operations.get(callee) };
      if (!pair.caller || !pair.callee) return [];
      return [
        {
          about: `${caller}->${callee}`,
          question: `How does ${pair.caller.name} of ${from} reach ${pair.callee.name} of ${to}?`,
          options: optionsOf(brief, { caller: pair.caller, callee: pair.callee }, isTogether(from, to), deliveryMs),
        },
      ];
    });
  },
};

interface Pair {
  readonly caller: Operation;
  readonly callee: Operation;
}

function optionsOf(brief: Brief, pair: Pair, together: Formula, deliveryMs: Formula): readonly OptionRule[] {
  const { caller, callee } = pair;
  const { p99Of, chainAvailabilityOf } = brief.quantities.promises;
  const [latency, availability] = [p99Of(callee.id), chainAvailabilityOf(callee.id)];
  const away = { latency: sum(latency, hopMs), availability: product(availability, hopAvailability) };
  const isQuery = callee.kind === "query";
  return [
    {
      id: "in-process-call",
      title: "an in-process call",
      needs: [
        needThat(together, `${caller.context} and ${callee.context} run in different processes`),
        ...waitingNeeds(brief, caller, latency, availability),
      ],
      hoursPerMonth: zero,
      latencyMs: latency,
      availability,
      because: `${caller.name} and ${callee.name} are built and released together, so that the compiler sees both ends.`,
      consequence: `While ${callee.name} is slow, ${caller.name} is.`,
    },
    {
      id: "http-call",
      title: "a call over HTTP",
      needs: waitingNeeds(brief, caller, away.latency, away.availability),
      hoursPerMonth: httpHours,
      latencyMs: away.latency,
      availability: away.availability,
      because: `${caller.context} needs nothing of ${callee.context} but the address and the contract of ${callee.name}.`,
      consequence: isQuery
        ? `${caller.name} has nothing to show while the network between ${caller.context} and ${callee.context} is down.`
        : `${caller.name} cannot know whether ${callee.name} ran when no answer comes, so that it must be safe to ask twice.`,
    },
    {
      id: "event",
      title: isQuery ? "a copy that events keep up to date" : "an event that is reacted to",
      needs: [eventNeed(callee, deliveryMs)],
      hoursPerMonth: eventHours,
      latencyMs: rowWriteMs,
      availability: one,
      because: `${caller.name} goes on while ${callee.context} is down.`,
      consequence: isQuery
        ? `${caller.context} keeps rows that belong to ${callee.context}, and reads them as they were a moment ago.`
        : `${caller.name} has answered before ${callee.name} is done, and cannot take it back without a step of its own.`,
    },
  ];
}

/** What only the system runs is tried again until it succeeds: nobody waits for it, unless it promises otherwise. */
function waitingNeeds({ quantities }: Brief, caller: Operation, latency: Formula, availability: Formula): readonly Need[] {
  if (caller.allow.kind === "system" && !caller.slo) return [];
  const { promisedP99Of, promisedAvailabilityOf } = quantities.promises;
  const promised = promisedP99Of(caller.id);
  return [
    needAtLeast(availability, promisedAvailabilityOf(caller.id), `${caller.name} fails whenever what it waits for does`),
    ...(promised
      ? [needAtMost(latency, product(promised, waitShare), `the wait would take more than its part of what ${caller.name} promises`)]
      : []),
  ];
}

function eventNeed(callee: Operation, deliveryMs: Formula): Need {
  if (callee.kind === "query") {
    const stale = counted(`${callee.id}.stale`, `age that an answer of ${callee.name} may have`, callee.staleMs ?? 0, callee.id, "ms");
    return needAtMost(deliveryMs, stale, `an answer of ${callee.name} must not be older than its promise`);
  }
  const isSilent = callee.returns.kind === "nothing" && callee.errors.length === 0;
  return needThat(
    whether(`${callee.id}.is-silent`, `${callee.name} answers nothing and refuses nothing`, isSilent, callee.id),
    `the caller goes on with what ${callee.name} answers or refuses`,
  );
}
