import { constant, exact, least, product, quotient, sum, zero, type Formula, type Input } from "../../formulas/formula.ts";
import { bytesPerGigabyte, given, secondsPerDay } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { replayDays } from "./replay.ts";

const repairHours = constant(
  "event-retention-repair",
  "hours to make good by hand, in a month, what faulty reactions missed",
  0.5,
  "hours",
  "general",
  "a fault or two a year, a day's work each without the events",
  [0.1, 4],
);
const upkeepHours = constant(
  "event-retention-upkeep",
  "upkeep of events that are kept",
  0.1,
  "hours",
  "general",
  "clearing away, and answering who may see them",
);
const daysOfYear = exact(365.25);

/** How long events are there after everybody has reacted. */
export const eventRetention: DecisionRule = {
  id: "event-retention",
  area: "messaging",
  question: "How long are events kept after they have been handled?",
  evidence: "general",
  sources: ["catalogue of decisions, 31 (replay)", "the days that the model grants to personal fields"],
  propose: (brief) => (brief.model.events.some(({ context }) => context !== undefined) ? [{ options: optionsOf(brief) }] : []),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities } = brief;
  const wanted = replayDays(model);
  const keeping = keepDays(brief);
  const isLongEnough = (days: Formula): Need => needAtLeast(days, wanted, "what is built later has to find what happened before it");
  const isAllowed = (days: Formula): readonly Need[] =>
    keeping ? [needAtMost(days, keeping, "events with personal data may not be kept longer than the data itself")] : [];
  const horizon = product(quantities.volume.horizonYears, daysOfYear);
  const ladder = (id: string, title: string, days: Formula): OptionRule =>
    optionOf(brief, days, {
      id,
      title: `events kept for ${title}`,
      needs: [...(id === "forever" ? [] : [isLongEnough(days)]), ...isAllowed(days)],
      hoursPerMonth: upkeepHours,
      because: `For ${title} a faulty reaction of ${model.name} can be mended and given the same events again.`,
      consequence: "Everything that an event tells is there a second time, and has to be protected and forgotten like the first.",
    });
  return [
    optionOf(brief, zero, {
      id: "none",
      title: "events gone once handled",
      needs: [isLongEnough(zero)],
      hoursPerMonth: repairHours,
      because: `The events of ${model.name} are so many that keeping them costs more than what they could mend.`,
      consequence: "What a faulty reaction has missed has to be found out from the rows and mended by hand.",
    }),
    ladder("7d", "7 days", exact(7)),
    ladder("30d", "30 days", exact(30)),
    ladder("forever", "all the years that the design is to last", horizon),
  ];
}

function optionOf(brief: Brief, days: Formula, option: OptionRule): OptionRule {
  const { load, volume } = brief.quantities;
  const perSecond = sum(...brief.model.events.map(({ id }) => product(load.eventMeanOf(id), volume.eventBytesOf(id))));
  const bytes = product(perSecond, secondsPerDay, days);
  const cost = product(quotient(bytes, bytesPerGigabyte), brief.price("storage"));
  return {
    ...option,
    bill: [{ component: "events", words: "storage of events that have been handled", cost }],
    figures: [
      { id: "days", words: "days for which events are kept", unit: "days", formula: days },
      { id: "bytes", words: "bytes of the events that are kept", unit: "bytes", formula: bytes },
    ],
  };
}

/** The shortest time that a personal field of an event of ours may be kept. */
function keepDays({ facts }: Brief): Formula | undefined {
  const limits = facts.fields.flatMap(({ holder, path, item, field: { personal } }): readonly Input[] =>
    holder === "event" && personal
      ? [given(`${path}.keep`, `days for which ${path} may be kept`, "days", personal.keepMs / 86_400_000, item)]
      : [],
  );
  return limits.length === 0 ? undefined : least(...limits);
}
