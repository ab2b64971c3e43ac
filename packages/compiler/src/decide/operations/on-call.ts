import { constant, zero } from "../../formulas/formula.ts";
import { needAtLeast, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { outagesWaiting } from "./outage.ts";

const general = "general";
const unheard = constant(
  "on-call-unheard",
  "time until an outage is heard of that nobody waits for",
  86_400,
  "s",
  general,
  "a user writes, and somebody reads it",
  [14_400, 259_200],
);
const officeMean = constant(
  "on-call-office",
  "time until office hours, on the average",
  54_700,
  "s",
  general,
  "128 of 168 hours are outside: nights of 16 h, a weekend of 64 h",
);
const officeMost = constant("on-call-weekend", "time from Friday evening to Monday morning", 230_400, "s", general, "64 hours");
const unheardMost = constant(
  "on-call-longest",
  "the longest that nobody hears of it",
  604_800,
  "s",
  general,
  "a week of holidays",
  [172_800, 1_209_600],
);
const answer = constant("on-call-answer", "time until the one on call answers", 600, "s", general, "to be agreed upon", [300, 1_800]);
const teamMin = constant(
  "on-call-team",
  "people who can take turns",
  5,
  "people",
  "sourced",
  "Site Reliability Engineering, 11: eight where two are on call at once",
  [4, 8],
);
const officeHours = constant(
  "on-call-office-hours",
  "hours a month for looking after alerts by day",
  4,
  "hours",
  general,
  "an hour in a week",
  [1, 10],
);
const rotationHours = constant(
  "on-call-hours",
  "hours a month that a rotation is compensated with",
  24,
  "hours",
  general,
  "time off for nights and weekends",
  [8, 80],
);

/** Who comes when it is down. */
export const onCall: DecisionRule = {
  id: "on-call",
  area: "operations",
  question: "Who comes when it is down?",
  evidence: general,
  sources: ["Site Reliability Engineering, 11: being on call"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities } = brief;
  const rotated = outagesWaiting(brief, "rotation", { mean: answer, most: answer });
  return [
    {
      id: "none",
      title: "nobody on call",
      ...outagesWaiting(brief, "none", { mean: unheard, most: unheardMost }),
      hoursPerMonth: zero,
      because: `Nobody is harmed when ${model.name} is down for a day.`,
      consequence: "How long an outage lasts depends on who happens to notice it.",
    },
    {
      id: "business-hours",
      title: "office hours",
      ...outagesWaiting(brief, "business-hours", { mean: officeMean, most: officeMost }),
      hoursPerMonth: officeHours,
      because: `What ${model.name} promises survives an outage that lasts until the next morning.`,
      consequence: "What breaks on a Friday evening is broken until Monday.",
    },
    {
      id: "rotation",
      title: "an on-call rotation",
      ...rotated,
      needs: [
        ...rotated.needs,
        needAtLeast(quantities.promises.team, teamMin, "with fewer people each of them is on call for more than a week in five"),
      ],
      hoursPerMonth: rotationHours,
      because: `What ${model.name} promises needs somebody within minutes, at night as well.`,
      consequence: "Nights on call are paid for with time off, and every alert that was none drives somebody away.",
    },
  ];
}
