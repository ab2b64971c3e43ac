import type { Event } from "@archwright/model";
import { mostPopularShare } from "../../formulas/cache-laws.ts";
import { call, constant, named, not, one, or, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond, whether } from "../../quantities/given.ts";
import { popularity } from "../caching/cached-reads.ts";
import { fewOf } from "../listing.ts";
import {
  needAtMost,
  needThat,
  needThatNot,
  type Brief,
  type DecisionRule,
  type Need,
  type OptionFigure,
  type OptionRule,
} from "../rule.ts";
import { commandsOn, commutes, eventsWithReactions, followUpMs, keyOf, keysOf } from "./reacting.ts";

const keyHours = constant(
  "ordering-key-hours",
  "upkeep of a key by which events of one kind are ordered",
  0.1,
  "hours",
  "general",
  "a stuck event holds up its successors: somebody looks",
);
const globalHours = constant(
  "ordering-global-hours",
  "upkeep of one line in which all events of one kind stand",
  0.5,
  "hours",
  "general",
  "a stuck event holds up all others: somebody is called",
);

/** Catalogue of decisions, 34. */
export const ordering: DecisionRule = {
  id: "ordering",
  area: "messaging",
  question: "Which events must be handled in the order in which they happened?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 34 (order by key only; one line handles 1/S events a second)"],
  propose: (brief) =>
    eventsWithReactions(brief.facts).map((event) => ({
      about: event.id,
      question: `In which order is ${event.name} handled?`,
      options: optionsOf(event, brief),
    })),
};

function optionsOf(event: Event, brief: Brief): readonly OptionRule[] {
  const { facts, quantities } = brief;
  const key = keyOf(event, facts);
  const keyName = facts.items.entities.get(key ?? "")?.name ?? "row";
  const changing = commandsOn(event.id, facts).filter((command) => !commutes(command, facts));
  const names = fewOf(changing.map(({ name }) => name));
  const matters = whether(`${event.id}.order-matters`, `the order of ${event.name} makes a difference`, changing.length > 0, event.id);
  const hasKey = whether(`${event.id}.has-key`, `${event.name} names the row that it is about`, key !== undefined, event.id);
  const workers = named(
    `${event.id}.workers`,
    `reactions to ${event.name} that are under way at once at the peak`,
    "count",
    quotient(product(quantities.load.eventPeakOf(event.id), followUpMs(event, brief)), msPerSecond),
  );
  const hottest = named(
    `${event.id}.hottest-line`,
    `how busy the longest of the lines of ${event.name} is`,
    "share",
    product(workers, call(mostPopularShare, keysOf(event, brief), popularity)),
  );
  const change = changing.length > 1 ? "change" : "changes";
  return [
    {
      id: "none",
      title: "any order",
      needs: [needThatNot(matters, `${names} would overwrite what is newer with what is older`)],
      hoursPerMonth: zero,
      figures: lineFigures(workers, zero),
      because: `What follows one ${event.name} comes out the same whichever is handled first.`,
      consequence: `Once a reaction to ${event.name} changes a row that exists, this has to be decided again.`,
    },
    {
      id: "per-aggregate",
      title: key === undefined ? "order for each row" : `order for each ${keyName}`,
      needs: [needThat(or(hasKey, not(matters)), `${event.name} names no row by which it could be ordered`), inTime(hottest)],
      hoursPerMonth: keyHours,
      figures: lineFigures(workers, hottest),
      because: `${names || "A reaction"} ${change} what is there, and only events about the same ${keyName} can come in the wrong order.`,
      consequence: `An event that fails holds up the later ones about the same ${keyName}, and no others.`,
    },
    {
      id: "global",
      title: "one line for all",
      needs: [inTime(workers)],
      hoursPerMonth: globalHours,
      figures: lineFigures(workers, workers),
      because: `${names || "A reaction"} ${change} what is there, and ${event.name} does not say which row it is about.`,
      consequence: "One after the other is all that one process can do, and one that fails stops the line.",
    },
  ];
}

const inTime = (line: Formula): Need => needAtMost(line, one, "what has to wait for its turn falls ever further behind");

const lineFigures = (workers: Formula, line: Formula): readonly OptionFigure[] => [
  { id: "workers", words: "reactions that are under way at once at the peak", unit: "count", formula: workers },
  { id: "longest-line", words: "how busy the longest of the lines is in which events wait for each other", unit: "share", formula: line },
];
