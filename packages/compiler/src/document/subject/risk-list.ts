import type { Broken, Decision } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";
import { formatted } from "../../formulas/words.ts";
import { code } from "../block.ts";
import type { Subject } from "../section.ts";
import { acceptedIn } from "./accepted.ts";
import { tippingPoint } from "./comparison.ts";
import { chosenOption, decisionOn, decisionsBy, factOf, factTold, money, toRecord } from "./decided.ts";
import { codes, enumerated, numberOf, prose, someCodes, type Part } from "./prose.ts";

export interface Risk {
  readonly kind: string;
  readonly of: Part;
  readonly means: Part;
  readonly remedy: Part;
  readonly weight: number;
}

/** Everything that may go wrong as far as model and design tell, the gravest first. */
export function riskRows(subject: Subject): readonly Risk[] {
  return [
    ...brokenNeeds(subject),
    ...overBudget(subject),
    ...openDecisions(subject),
    ...thirdParties(subject),
    ...singlePlaces(subject),
    ...people(subject),
    ...pins(subject),
    ...accepted(subject),
  ].sort((one, other) => other.weight - one.weight);
}

/** A hard constraint that even the best option breaks. */
function brokenNeeds({ design }: Subject): readonly Risk[] {
  return design.decisions.flatMap((decision) =>
    chosenOption(decision).broken.map((need) => ({
      kind: "broken constraint",
      of: toRecord(decision, nameOf(decision)),
      means: prose(`${need.because}`, comparedIn(need, design.currency), "."),
      remedy: decision.pinned ? `loosen the pin, or accept it: ${decision.pinned.because}` : remedyOf(need, decision, design.currency),
      weight: 100 + Math.min(50, 10 * Math.log2(1 + excess(need))) + (decision.about === undefined ? 20 : 0),
    })),
  );
}

/** What a person could move, where one side of the constraint is a number with a name of its own. */
function remedyOf({ is, limit }: Broken, { options }: Decision, currency: string): string {
  const isPlain = ({ words }: Broken["is"]): boolean =>
    /^[^×÷+−()]*[a-z][^×÷+−()]*$/.test(words) && words.length < 70 && !words.startsWith("the ");
  const none = options.length > 1 ? `none of the ${options.length} options meets it` : "there is no other option";
  if (is.unit === "yes/no" || (is.value === 1 && limit.value === 0)) return `${none}: what the model asks for has to change`;
  if (isPlain(limit)) {
    const told =
      is.unit === limit.unit ? `: ${formatted(is.value, is.unit, currency)} instead of ${formatted(limit.value, is.unit, currency)}` : "";
    return `${none}; raise ${limit.words}${told}`;
  }
  if (isPlain(is)) return `${none}; bring down ${is.words}`;
  return `${none}: what is asked of ${options.length > 1 ? "it" : "the system"} has to shrink`;
}

const excess = ({ is, limit }: Broken): number => (limit.value > 0 ? is.value / limit.value - 1 : 1);

/** Only units that agree can be compared: that of a formula without a name is guessed from its parts. */
function comparedIn({ is, limit }: Broken, currency: string): Part {
  if (is.unit !== limit.unit || is.unit === "yes/no" || (is.value === 1 && limit.value === 0)) return undefined;
  return ` (${formatted(is.value, is.unit, currency)} against ${formatted(limit.value, limit.unit, currency)})`;
}

const nameOf = ({ rule, about }: Decision): string => `${rule.replaceAll("-", " ")}${about === undefined ? "" : ` of ${about}`}`;

function overBudget({ design }: Subject): readonly Risk[] {
  const { budget, total } = design.bill;
  if (budget === undefined || (total.high ?? total.value) <= budget) return [];
  const isSure = total.value > budget;
  return [
    {
      kind: "budget",
      of: "the bill of a month",
      means: isSure
        ? `${money(total.value, design)} instead of ${money(budget, design)}.`
        : `It may come to ${money(total.high ?? total.value, design)} of ${money(budget, design)} while questions are open.`,
      remedy: isSure ? "raise the budget, or loosen the promise that costs most" : "answer the questions about money first",
      weight: isSure ? 145 : 60,
    },
  ];
}

/** One row for each open number that decisions hang on, since its answer settles all of them. */
function openDecisions({ design }: Subject): readonly Risk[] {
  const low = design.decisions.filter(({ confidence }) => confidence.level === "low");
  const inputs = [...new Set(low.flatMap(({ confidence }) => confidence.because))].filter(
    (input) => factOf(design, input)?.ground?.kind === "unknown",
  );
  return inputs.map((input) => {
    const hanging = low.filter(({ confidence }) => confidence.because.includes(input));
    const question = design.questions.find((one) => one.input === input);
    return {
      kind: "open question",
      of: factOf(design, input)?.words ?? input,
      means: prose(
        numberOf(hanging.length, "decision hangs", "decisions hang"),
        " on it: ",
        enumerated(hanging.slice(0, 4).map((decision) => toRecord(decision, nameOf(decision)))),
        hanging.length > 4 && ` and ${hanging.length - 4} more`,
        ".",
      ),
      remedy: question ? `ask: ${question.ask}` : "find out before it is built",
      weight: 40 + 5 * hanging.length,
    };
  });
}

/** Whoever fails takes with him what waits for him and has no way round. */
function thirdParties({ model, design, facts }: Subject): readonly Risk[] {
  return model.integrations.flatMap((integration): readonly Risk[] => {
    const callers = [...new Set(integration.calls.flatMap(({ id }) => facts.calls.callersOf(id).map((caller) => caller.id)))];
    if (callers.length === 0) return [];
    const fallback = decisionOn(design, "fallback", integration.name);
    const least = integration.calls
      .map(({ id }) => factOf(design, `${id}.availability`)?.value ?? 1)
      .reduce((one, other) => Math.min(one, other), 1);
    const waiting = callers.filter((id) => facts.items.operations.get(id)?.allow.kind !== "system");
    const hasWay = fallback !== undefined && fallback.chosen !== "fail";
    return [
      {
        kind: "single third party",
        of: code(integration.name),
        means: prose(
          "There is no other for ",
          codes(callers),
          `; it is there ${formatted(least, "share")} of the time`,
          integration.holds.length > 0 && `. It holds in our stead: ${integration.holds.join(", ")}, which would have to be moved`,
          ".",
        ),
        remedy: fallback ? prose("while it is down: ", toRecord(fallback)) : "agree on what its contract promises",
        weight: (hasWay ? 20 : 45) + 5 * waiting.length + (1 - least) * 500,
      },
    ];
  });
}

function singlePlaces({ design }: Subject): readonly Risk[] {
  return [
    ["zones", "one", "single data centre"],
    ["regions", "one", "single region"],
    ["replicas", "1", "single copy"],
  ].flatMap(([rule = "", choice = "", kind = ""]) => {
    const decision = decisionOn(design, rule);
    if (decision?.chosen !== choice) return [];
    const [rto, tipping] = [factTold(design, "rto"), tippingPoint(decision, design)];
    const rehearse = rto === undefined ? "rehearse the way back" : `rehearse the way back within ${rto}`;
    return [
      {
        kind,
        of: toRecord(decision),
        means: chosenOption(decision).consequence,
        remedy: tipping ? prose("carried, until this changes: ", tipping) : rehearse,
        weight: rule === "regions" ? 15 : 35,
      },
    ];
  });
}

/** Fewer people than the shifts need, or more work than they have hours. */
function people({ design, model }: Subject): readonly Risk[] {
  const [team, hours] = [factOf(design, "team"), factOf(design, "team.hours")];
  const share = hours ? design.bill.hours.value / Math.max(hours.value, 1) : 0;
  const owners = [...new Set(model.contexts.flatMap(({ owner }) => owner ?? []))];
  const framework = decisionOn(design, "framework");
  return [
    ...(team && hours && share > 0.3
      ? [
          {
            kind: "team",
            of: formatted(team.value, "people"),
            means: `What was chosen takes ${formatted(design.bill.hours.value, "hours")} of ${formatted(hours.value, "hours")} in a month.`,
            remedy: share > 1 ? "hire, or give up what costs the most hours" : "keep the rest free for what people ask for next",
            weight: share > 1 ? 130 : 50 * share,
          },
        ]
      : []),
    ...(team && owners.length > team.value
      ? [
          {
            kind: "team",
            of: formatted(team.value, "people"),
            means: `${numberOf(owners.length, "owner")} are named (${owners.join(", ")}), more than there are people.`,
            remedy: "name fewer owners",
            weight: 30,
          },
        ]
      : []),
    ...(framework
      ? [
          {
            kind: "way of building",
            of: toRecord(framework),
            means: chosenOption(framework).consequence,
            remedy: "try the way out once, early",
            weight: 18,
          },
        ]
      : []),
  ];
}

/** Choices that were made beforehand and are not what would be chosen freely. */
function pins({ design }: Subject): readonly Risk[] {
  return design.decisions.flatMap((decision) => {
    const { pinned } = decision;
    const freely = decision.options.find(({ id }) => id === pinned?.insteadOf);
    if (!pinned || !freely || freely.id === decision.chosen) return [];
    return [
      {
        kind: "pin",
        of: toRecord(decision),
        means: prose(`Free of the pin it would be ${freely.title}. `, chosenOption(decision).consequence),
        remedy: `ask again whether it still holds that ${pinned.because}`,
        weight: 25,
      },
    ];
  });
}

/** Findings that somebody has accepted with a reason: a risk that is carried knowingly. */
function accepted({ model, design }: Subject): readonly Risk[] {
  const byFinding = groupsOf(acceptedIn(model), ({ finding }) => finding);
  const residency = decisionsBy(design, "personal-data-residency").filter(({ chosen }) => chosen === "standard-clauses");
  return [
    ...[...byFinding].map(([finding, known]) => ({
      kind: "accepted finding",
      of: prose(
        code(finding),
        " at ",
        someCodes(
          known.flatMap(({ items }) => items),
          4,
        ),
      ),
      means: known.map(({ reason }) => reason).join("; "),
      remedy: "look at the reason once a year",
      weight: 12,
    })),
    ...residency.map((decision) => ({
      kind: "law",
      of: toRecord(decision, `personal data at ${decision.about ?? ""}`),
      means: chosenOption(decision).consequence,
      remedy: "have the assessment written before the first row goes out",
      weight: 38,
    })),
  ];
}
