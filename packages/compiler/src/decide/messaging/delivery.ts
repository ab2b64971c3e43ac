import type { Event } from "@archwright/model";
import { constant, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, secondsPerDay, whether } from "../../quantities/given.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import { needThat, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { mayBeLost, outsideOn, repeatingOn } from "./delivery-effects.ts";
import { commandsOn } from "./reacting.ts";

const dedupeDays = constant(
  "delivery-dedupe-days",
  "days for which it is known what was delivered",
  7,
  "days",
  "sourced",
  "catalogue of decisions, 35: the longest retries span 76 h",
  [3.2, 30],
);
const dedupeBytes = constant(
  "delivery-dedupe-bytes",
  "bytes of a row that says what was delivered, with its index",
  140,
  "bytes",
  "measured",
  "columns of archwright.delivery",
  [100, 300],
);
const deliveryRows = constant(
  "delivery-rows",
  "rows written for a delivery: the event, that it waits, that it is done",
  3,
  "rows",
  "measured",
  "statements of our relay",
);
const repeatableHours = constant(
  "delivery-repeatable-hours",
  "upkeep of reactions that must bear being repeated",
  0.1,
  "hours",
  "general",
  "each change of them has to be thought through again",
);

/** Catalogue of decisions, 35. */
export const delivery: DecisionRule = {
  id: "delivery",
  area: "messaging",
  question: "How often may an event arrive?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 35 (at least once with a repeatable consumer; keys for 7 days)",
    "our relay marks a delivery as done in the transaction of its effect",
  ],
  propose: (brief) =>
    brief.model.events
      .filter(({ id }) => brief.facts.events.reactionsTo(id).length + brief.facts.events.messagesOn(id).length > 0)
      .map((event) => ({ about: event.id, question: `How often may one ${event.name} arrive?`, options: optionsOf(event, brief) })),
};

function optionsOf(event: Event, brief: Brief): readonly OptionRule[] {
  const { facts } = brief;
  const names = fewOf([...commandsOn(event.id, facts), ...facts.events.messagesOn(event.id)].map(({ name }) => name));
  const repeating = repeatingOn(event, facts);
  const outside = outsideOn(event, facts);
  const repeats = whether(`${event.id}.repeats`, `doing ${names} twice is not the same as once`, repeating.length > 0, event.id);
  const actsOutside = whether(`${event.id}.acts-outside`, `${names} asks a third party that takes no key`, outside.length > 0, event.id);
  return [
    {
      id: "at-most-once",
      title: "at most one delivery",
      needs: [needThat(mayBeLost(event, facts), `a lost ${event.name} would leave ${names} undone for good`)],
      ...costs(event, brief, { rows: zero, isRemembered: false, hours: zero }),
      because: `One ${event.name} only adds to a number, of which now and then one may be missing.`,
      consequence: "What is under way when a process dies is gone, and nobody knows of it.",
    },
    {
      id: "at-least-once-idempotent",
      title: "repeated deliveries that do no harm",
      needs: [needThatNot(repeats, `${fewOf(repeating)} would act again when the event comes again`)],
      ...costs(event, brief, { rows: deliveryRows, isRemembered: false, hours: repeatableHours }),
      because: `${names} ${repeating.length === 0 ? "can be repeated without harm" : "would have to bear being repeated"}, so that nothing needs to be remembered.`,
      consequence: `Whoever changes ${names} has to keep it so.`,
    },
    {
      id: "exactly-once-effect",
      title: "one effect, remembered in the same transaction",
      needs: [needThatNot(actsOutside, `${fewOf(outside)} cannot be taken back with the transaction, and takes no key`)],
      ...costs(event, brief, { rows: sum(deliveryRows, one), isRemembered: true, hours: zero }),
      because: `What ${names} does commits together with the note that this ${event.name} has been handled.`,
      consequence: "Each delivery writes a row that has to be kept for as long as it may come again.",
    },
  ];
}

interface Costs {
  /** Rows that a delivery writes in the database. */
  readonly rows: Formula;
  /** Whether it is kept for as long as it may be repeated that it was delivered. */
  readonly isRemembered: boolean;
  readonly hours: Formula;
}

function costs(
  { id }: Event,
  brief: Brief,
  { rows, isRemembered, hours }: Costs,
): Pick<OptionRule, "bill" | "figures" | "score" | "hoursPerMonth"> {
  const { load } = brief.quantities;
  const work = databaseWorkPrice(brief, product(load.eventPeakOf(id), load.followersOf(id)), product(rows, rowWriteMs));
  const kept = isRemembered ? product(load.eventMeanOf(id), load.followersOf(id), secondsPerDay, dedupeDays, dedupeBytes) : zero;
  const storage = product(quotient(kept, bytesPerGigabyte), brief.price("storage"));
  return {
    bill: isRemembered ? [{ component: "deliveries", words: "what is remembered of deliveries", cost: storage }] : [],
    hoursPerMonth: hours,
    figures: [
      { id: "bytes", words: "bytes that are remembered of its deliveries", unit: "bytes", formula: kept },
      { id: "work-cost", words: "what its deliveries cost of the database in a month", unit: "money", formula: work },
    ],
    score: sum(work, storage, product(hours, brief.hourPrice)),
  };
}
