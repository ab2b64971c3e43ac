import type { Integration } from "@archwright/model";
import { isReading } from "../../facts/third-parties.ts";
import { difference, exact, greatest, least, named, one, product, quotient, when, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";

type Reaction = "fail" | "queue" | "degrade";

/** What the model says of a third party's failure is kept, unless a promise is broken by it. */
export const fallback: DecisionRule = {
  id: "fallback",
  area: "resilience",
  question: "What happens to whoever asks while a third party is down?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 5: five callees at 99.9 % are 99.5 %",
    "catalogue of decisions, 6: asynchronous where a callee promises less than its caller",
  ],
  propose: (brief) =>
    brief.model.integrations.flatMap((integration) => {
      const chains = chainsOf(brief, integration);
      if (chains.length === 0) return [];
      return [
        {
          about: integration.name,
          question: `What happens to whoever asks while ${integration.name} is down?`,
          options: reactions.map((reaction) => optionOf(integration, chains, reaction)),
        },
      ];
    }),
};

/** Noise of floating point is no broken promise. */
const wholeBudget = exact(1 + 1e-9);

const reactions: readonly Reaction[] = ["fail", "queue", "degrade"];

/** What an operation that waits for a third party promises, and what its chain reaches. */
interface Chain {
  readonly promised: Formula;
  readonly failing: Formula;
  /** The same chain without this third party. */
  readonly without: Formula;
}

function chainsOf({ facts, quantities, decided }: Brief, { calls }: Integration): readonly Chain[] {
  const { promises, thirdParties } = quantities;
  const called = new Map<string, string[]>();
  for (const { id } of calls)
    for (const waiter of thirdParties.waitersOf(id))
      if (facts.items.operations.has(waiter)) called.set(waiter, [...(called.get(waiter) ?? []), id]);
  return [...called].map(([waiter, ids]) => {
    const isRepeated = facts.events.reactionsBy(waiter).length > 0 && facts.calls.callersOf(waiter).length === 0;
    const without = least(one, quotient(promises.chainAvailabilityOf(waiter), product(...ids.map(promises.callAvailabilityOf))));
    return {
      promised: promises.promisedAvailabilityOf(waiter),
      // What runs on an event runs again until it is done: nobody is refused.
      failing: isRepeated ? without : product(without, ...ids.map((id) => decided("retries", id).figure("availability"))),
      without,
    };
  });
}

function optionOf(integration: Integration, chains: readonly Chain[], reaction: Reaction): OptionRule {
  const reached = chains.map(({ failing, without }) => (reaction === "fail" ? failing : without));
  const overspent = named(
    `fallback.${integration.name}.${reaction}`,
    `what those who wait for ${integration.name} let fail, over what they promise to`,
    "share",
    greatest(...chains.map(({ promised }, at) => quotient(difference(one, reached[at] ?? one), difference(one, promised)))),
  );
  const { title, hours, because, consequence } = words[reaction];
  const isSaid = whether(
    `${integration.name}.then-${reaction}`,
    `the model lets what asks ${integration.name} ${reaction}`,
    integration.onFailure?.then === reaction,
    integration.name,
  );
  return {
    id: reaction,
    title,
    needs: [
      needAtMost(overspent, wholeBudget, `while ${integration.name} is down those who wait for it spend more than their promise lets fail`),
      ...structuralNeeds(integration, reaction),
    ],
    hoursPerMonth: exact(hours),
    availability: least(...reached),
    score: when(isSaid, zero, exact(1 + hours)),
    because: because(integration.name),
    consequence: consequence(integration.name),
  };
}

function structuralNeeds(integration: Integration, reaction: Reaction): readonly Need[] {
  const { name, calls, onFailure } = integration;
  const holds = (condition: boolean, id: string, said: string): Formula => whether(`${name}.${id}`, said, condition, name);
  if (reaction === "queue") {
    const mayWait = onFailure?.then === "queue" || calls.every(({ returns }) => returns.length === 0);
    return [needThat(holds(mayWait, "may-wait", `nobody needs an answer of ${name} at once`), `an answer of ${name} is needed at once`)];
  }
  if (reaction === "degrade") {
    const mayLack = onFailure?.then === "degrade" || calls.every((call) => isReading(call.name));
    return [needThat(holds(mayLack, "may-lack", `one can go on without ${name}`), `without ${name} nothing is left to answer with`)];
  }
  return [];
}

interface Wording {
  readonly title: string;
  readonly hours: number;
  readonly because: (integration: string) => string;
  readonly consequence: (integration: string) => string;
}

const words: { readonly [R in Reaction]: Wording } = {
  fail: {
    title: "refusal, and when to come back",
    hours: 0,
    because: (name) => `Those who wait for ${name} can bear its failures, and nothing has to be made up for later.`,
    consequence: (name) => `Each minute that ${name} is down is a minute that its callers are.`,
  },
  queue: {
    title: "a queue for later",
    hours: 0.5,
    because: (name) => `What is asked of ${name} keeps until it is back.`,
    consequence: (name) => `Whoever asked is told that it will be done, and has to hear later if ${name} refuses.`,
  },
  degrade: {
    title: "a poorer answer",
    hours: 1,
    because: (name) => `An answer without ${name} is worth more than none.`,
    consequence: () => "The poorer answer is a second way through the code, which runs seldom and has to be tested.",
  },
};
