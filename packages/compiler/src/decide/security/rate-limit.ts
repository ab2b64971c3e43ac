import { constant, exact, greatest, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { clientKindsOf } from "../structure/client-kinds.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";

const burstSeconds = constant(
  "rate-limit-burst",
  "seconds' worth of requests that a full bucket lets through at once",
  1,
  "s",
  "sourced",
  "catalogue of decisions, 16: one to two seconds",
  [1, 2],
);
const bucketHours = constant(
  "rate-limit-bucket-hours",
  "hours a month to tend limits and those who run into them",
  0.2,
  "hours",
  "general",
  "to be counted",
  [0.05, 2],
);
const windowHours = constant(
  "rate-limit-window-hours",
  "hours a month more for a window: its counters are many, and expire",
  0.2,
  "hours",
  "general",
  "to be counted",
  [0.05, 1],
);

/** Catalogue of decisions, 16. */
export const rateLimit: DecisionRule = {
  id: "rate-limit",
  area: "security",
  question: "How is one caller kept from asking too much?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 16 (rate limit algorithm)", "OWASP API Security 2023, API4: unrestricted resource consumption"],
  propose: (brief) => (outsideOf(brief).length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

const outsideOf = ({ model }: Brief): Brief["model"]["operations"] => model.operations.filter(({ allow }) => allow.kind !== "system");

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { peak } = brief.quantities.load;
  const atOnce = (seconds: Formula): OptionRule["figures"] & object => [
    {
      id: "at-once",
      words: "requests that come through in the worst second, were all callers at their limit",
      unit: "/s",
      formula: product(peak, seconds),
    },
  ];
  return [
    {
      id: "none",
      title: "no limit",
      needs: needsOfNone(brief),
      hoursPerMonth: zero,
      figures: atOnce(sum(one, burstSeconds)),
      because: "All who may ask are known, and can be asked to stop.",
      consequence: "One script with a mistake takes the system away from everybody.",
    },
    {
      id: "token-bucket",
      title: "token buckets",
      needs: needsOfBucket(brief),
      hoursPerMonth: bucketHours,
      figures: atOnce(sum(one, burstSeconds)),
      because: "Whoever paused may hurry for a moment, as people and pages do.",
      consequence: "In a single second one caller can come with twice of what he may in the long run.",
    },
    {
      id: "sliding-window",
      title: "sliding windows",
      hoursPerMonth: sum(bucketHours, windowHours),
      figures: atOnce(one),
      because: "No second ever sees more than the limit.",
      consequence: "A page that asks for ten things at once is refused some of them.",
    },
  ];
}

function needsOfNone(brief: Brief): readonly Need[] {
  const { model } = brief;
  const { partner, device } = clientKindsOf(brief);
  const open = outsideOf(brief).filter(({ allow }) => allow.kind === "anyone");
  const joining = model.roles.filter(({ signUp }) => signUp === true);
  const whom = open.length > 0 ? `call ${fewOf(open.map(({ name }) => name))}` : `sign up as ${fewOf(joining.map(({ name }) => name))}`;
  return [
    needThatNot(
      whether("strangers", "anybody may call or sign up", open.length + joining.length > 0, model.name),
      `anybody may ${whom}, and as often as he likes`,
    ),
    needThatNot(partner, "a partner's program that fails tries again without rest"),
    needThatNot(device, "devices with the same fault ask all at the same time"),
  ];
}

/** What a third party takes in a second must not be exceeded in any second. */
function needsOfBucket({ facts, quantities }: Brief): readonly Need[] {
  const { load, promises } = quantities;
  const limited = [...facts.items.externalCalls.values()].flatMap(({ call, integration }) => {
    const limit = promises.callLimitOf(call.id);
    const isAsked = quantities.thirdParties
      .waitersOf(call.id)
      .some((id) => (facts.items.operations.get(id)?.allow.kind ?? "system") !== "system");
    return limit && isAsked ? [{ integration, use: quotient(product(load.peakOf(call.id), sum(one, burstSeconds)), limit) }] : [];
  });
  if (limited.length === 0) return [];
  const names = [...new Set(limited.map(({ integration }) => integration.name))];
  return [
    needAtMost(
      greatest(exact(0), ...limited.map(({ use }) => use)),
      one,
      `a burst that is let in becomes a burst at ${fewOf(names)}, above what is taken there in a second`,
    ),
  ];
}
