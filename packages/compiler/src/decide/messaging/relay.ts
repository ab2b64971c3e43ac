import { constant, least, not, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, given } from "../../quantities/given.ts";
import { needAtMost, needThat, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const study = "reliability study 2.1";
const catalogue = "catalogue of decisions, 33";
const pollMs = constant(
  "relay-poll",
  "time between two looks into the outbox",
  500,
  "ms",
  "sourced",
  `${catalogue}: 100 ms to 1 s`,
  [100, 1_000],
);
const wakeMs = constant(
  "relay-wake",
  "time from commit to relay by a notice of PostgreSQL",
  10,
  "ms",
  "general",
  "a notice and a read; to be measured",
);
const captureMs = constant(
  "relay-capture",
  "time from commit to relay by way of the log of changes",
  200,
  "ms",
  "general",
  "Debezium on an idle system; to be measured",
  [50, 2_000],
);
const pollCeiling = constant(
  "relay-poll-ceiling",
  "events in a second that a relay reads out of a table",
  5_000,
  "/s",
  "sourced",
  `${catalogue}: change capture beyond 5,000/s`,
);
const noticeCeiling = constant(
  "relay-notice-ceiling",
  "commits in a second that carry a notice, which PostgreSQL lets through one at a time",
  2_000,
  "/s",
  "measured",
  `${study}: 2,000 synced commits a second, one after the other`,
);
const wakeHours = constant(
  "relay-wake-hours",
  "upkeep of a connection that listens",
  0.25,
  "hours",
  "general",
  "it needs a connection of its own, which poolers do not give",
);
const captureHours = constant(
  "relay-capture-hours",
  "upkeep of change capture",
  4,
  "hours",
  "general",
  "slots that hold back the log, schema changes, restarts",
);

/** Catalogue of decisions, 33. */
export const relay: DecisionRule = {
  id: "relay",
  area: "messaging",
  question: "How do events leave the outbox?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 33 (outbox relay)",
    "PostgreSQL, async.c: transactions that notify take a lock on the whole instance until they have committed",
  ],
  propose: (brief) => (brief.facts.model.events.some(({ context }) => context !== undefined) ? [{ options: optionsOf(brief) }] : []),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, price, decided, quantities } = brief;
  const soon = soonest(brief);
  const { events } = quantities.load;
  const isSoonEnough = (delay: Formula) => needAtMost(delay, soon, "what follows a change has to be there by then");
  const readable = needAtMost(events, pollCeiling, "a table that is written and emptied so fast bloats faster than it is cleaned");
  return [
    {
      id: "poll",
      title: "polling twice a second",
      needs: [readable, isSoonEnough(pollMs)],
      bill: [],
      hoursPerMonth: zero,
      figures: delayFigure(pollMs),
      because: `Nothing that follows an event of ${model.name} is waited for so impatiently that half a second would be noticed.`,
      consequence: "An idle system asks all the same, and what follows a change comes half a second later at worst.",
    },
    {
      id: "listen-and-poll",
      title: "notifications of PostgreSQL, and polling now and then",
      needs: [readable, isSoonEnough(wakeMs), needAtMost(events, noticeCeiling, "transactions that notify commit one at a time")],
      bill: [],
      hoursPerMonth: wakeHours,
      figures: delayFigure(wakeMs),
      because: `What follows an event of ${model.name} has to be there sooner than a relay that only looks would bring it.`,
      consequence: "Every commit with an event waits for the one before it, and the listener holds a connection that no pooler can share.",
    },
    {
      id: "change-capture",
      title: "change data capture",
      needs: [isSoonEnough(captureMs), needThat(not(decided("broker").is("postgres-outbox")), "captured changes need a broker to go to")],
      bill: [{ component: "relay", words: "a small machine that reads the log of changes", cost: price("machine-small") }],
      hoursPerMonth: captureHours,
      figures: delayFigure(captureMs),
      because: `${model.name} makes more events than a table can hand on, and the log of changes has them all in order.`,
      consequence: "A reader that stands still keeps the log from being cleared until the disk is full: set max_slot_wal_keep_size.",
    },
  ];
}

const delayFigure = (formula: Formula) =>
  [{ id: "delay", words: "time from the commit until the event is on its way", unit: "ms", formula }] as const;

/** The shortest time in which something must have followed: of messages it is stated, of reactions it is asked. */
function soonest({ model }: Brief): Formula {
  const messages = model.messages.flatMap(({ id, name, withinMs }) =>
    withinMs === undefined ? [] : [given(`${id}.within`, `time within which ${name} must be sent`, "ms", withinMs, id)],
  );
  const reactions = assumed({
    id: "follow-within",
    words: "time within which what follows a change must be there",
    unit: "ms",
    value: 1_000,
    range: [50, 60_000],
    ask: "When somebody changes something, how soon must others see what follows from it?",
    because: "the model has no word for it",
  });
  return least(reactions, ...messages);
}
