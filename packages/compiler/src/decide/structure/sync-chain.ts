import type { Operation } from "@archwright/model";
import { waitedBy } from "../../facts/call-graph.ts";
import { constant, difference, least, one, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type DecisionRule, type OptionRule, type Proposal } from "../rule.ts";
import { availabilityOf, linkOf, waitOf, type Link } from "./chain-link.ts";
import { inOneProcess } from "./process-groups.ts";

const depth = "catalogue of decisions, 5 (synchronous chain)";
const asynchronous = "catalogue of decisions, 6 (synchronous or not)";
const waitShare = constant("sync-chain-wait-share", "share of the promised time that may be waited", 0.5, "share", "sourced", asynchronous);
const coverage = constant(
  "sync-chain-coverage",
  "share of failed calls for which an earlier answer is at hand",
  0.9,
  "share",
  "general",
  "to be measured: hit share of the copy",
  [0.5, 0.99],
);
const fallbackHours = constant(
  "sync-chain-fallback",
  "hours in a month for an answer in place of another: kept fresh, tested, watched",
  2,
  "hours",
  "general",
  "to be calibrated by the team",
  [0.5, 8],
);
const laterHours = constant(
  "sync-chain-later",
  "hours in a month for work after the answer: its state, its repetition, its failure told to whoever asked",
  3,
  "hours",
  "general",
  "to be calibrated by the team",
  [1, 12],
);

/** Catalogue of decisions, 5 and 6: of each operation that promises a time and waits for others. */
export const syncChain: DecisionRule = {
  id: "sync-chain",
  area: "structure",
  question: "Does a request wait for what it calls?",
  evidence: "sourced",
  sources: [depth, asynchronous],
  propose: (brief) => {
    const { calls, model } = brief.facts;
    const waiting = model.operations.flatMap((operation) => {
      const callees = waitedBy(calls, operation.id);
      return operation.slo && callees.length > 0 ? [{ operation, callees }] : [];
    });
    if (waiting.length === 0) return [];
    const isTogether = inOneProcess(brief);
    return waiting.map(({ operation, callees }): Proposal => {
      const links = callees.map((callee) => linkOf(brief, operation, callee, isTogether));
      return {
        about: operation.id,
        question: `Does ${operation.name} wait for ${fewOf(links.map(({ name }) => name))}?`,
        options: optionsOf(brief, operation, links),
      };
    });
  },
};

function optionsOf(brief: Brief, operation: Operation, links: readonly Link[]): readonly OptionRule[] {
  const { id, name } = operation;
  const names = fewOf(links.map((link) => link.name));
  const waited = chainOf(brief, operation, waitOf(links), availabilityOf(links));
  return [
    {
      id: "wait",
      title: "waiting for the answer",
      ...waited,
      needs: [...waited.needs, ...links.flatMap(({ overLimit }) => overLimit ?? [])],
      hoursPerMonth: zero,
      because: `Whoever calls ${name} knows at once what came of ${names}.`,
      consequence: `${name} is as slow as ${names}, and fails with ${links.length > 1 ? "each of them" : "it"}.`,
    },
    fallback(brief, operation, links),
    {
      id: "answer-then-do",
      title: "202 at once, the rest by an event",
      needs: [
        needThat(whether(`${id}.is-command`, `${name} is a command`, operation.kind === "command", id), `${name} is asked for its answer`),
      ],
      hoursPerMonth: laterHours,
      latencyMs: brief.quantities.promises.ownP99Of(id),
      availability: one,
      because: `${name} promises its own work only, and ${names} ${links.length > 1 ? "are" : "is"} asked again until there is an answer.`,
      consequence: laterOf(operation),
    },
  ];
}

/** What cannot be replaced is waited for as before. */
function fallback(brief: Brief, operation: Operation, links: readonly Link[]): OptionRule {
  const { id, name } = operation;
  const replaceable = links.filter(({ isReplaceable }) => isReplaceable);
  const others = links.filter(({ isReplaceable }) => !isReplaceable);
  const half = product(brief.quantities.promises.promisedP99Of(id) ?? zero, waitShare);
  const missed = product(difference(one, availabilityOf(replaceable)), difference(one, coverage));
  const chain = chainOf(
    brief,
    operation,
    sum(waitOf(others), least(waitOf(replaceable), half)),
    product(availabilityOf(others), difference(one, missed)),
  );
  const words = `an earlier answer may stand in for something that ${name} waits for`;
  const names = fewOf((replaceable.length > 0 ? replaceable : links).map((link) => link.name));
  return {
    id: "fallback",
    title: "waiting half of the promised time, then what is known",
    ...chain,
    needs: [
      needThat(whether(`${id}.is-replaceable`, words, replaceable.length > 0, id), `no earlier answer may stand in for ${names}`),
      ...chain.needs,
      ...others.flatMap(({ overLimit }) => overLimit ?? []),
    ],
    hoursPerMonth: fallbackHours,
    because: `${names} may fail without ${name} failing.`,
    consequence: "An answer may be old, and has to say so.",
  };
}

function chainOf({ quantities: { promises } }: Brief, { id, name }: Operation, wait: Formula, availability: Formula) {
  const whole = sum(promises.ownP99Of(id), wait);
  const promisedMs = promises.promisedP99Of(id) ?? zero;
  return {
    latencyMs: whole,
    availability,
    needs: [
      needAtLeast(availability, promises.promisedAvailabilityOf(id), `${name} fails whenever what it waits for does`),
      needAtMost(whole, promisedMs, `${name} promises to answer sooner`),
      needAtMost(wait, product(promisedMs, waitShare), "the wait leaves too little of the promised time for its own work and for queues"),
    ],
  };
}

function laterOf({ name, returns }: Operation): string {
  const answered = returns.kind === "record" && returns.fields.length > 0 ? ` (${fewOf(returns.fields.map((field) => field.name))})` : "";
  return `What came of ${name}${answered} is asked for by a second request, and what cannot be done in the end needs a step back.`;
}
