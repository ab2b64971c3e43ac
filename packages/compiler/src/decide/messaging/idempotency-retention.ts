import { constant, exact, greatest, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { assumed, bytesPerGigabyte, secondsPerDay } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const answerBytes = constant(
  "idempotency-bytes",
  "bytes of a remembered answer",
  600,
  "bytes",
  "sourced",
  "catalogue of decisions, 36",
  [300, 4_000],
);
const personRepeats = constant(
  "idempotency-person",
  "days within which a person or a browser sends something again",
  1,
  "days",
  "sourced",
  "Stripe v1: at least 24 h",
);
const partnerRepeats = constant(
  "idempotency-partner",
  "days over which other systems try again",
  3.15,
  "days",
  "sourced",
  "Standard Webhooks: ten attempts over 75 h 35 min",
);

const ladder = [
  { id: "24h", title: "a day", days: 1 },
  { id: "72h", title: "three days", days: 3 },
  { id: "7d", title: "a week", days: 7 },
  { id: "14d", title: "two weeks", days: 14 },
  { id: "30d", title: "thirty days", days: 30 },
] as const;

/** Catalogue of decisions, 36. */
export const idempotencyRetention: DecisionRule = {
  id: "idempotency-retention",
  area: "messaging",
  question: "How long is it remembered what was answered to a key?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 36 (24 h at least; commands/s × 86,400 × days × 600 B)"],
  climbsWith: ["offline-days"],
  propose: (brief) => (keyed(brief).length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

const keyed = ({ model }: Brief) => model.operations.filter(({ idempotent }) => idempotent === "required");

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { quantities, price } = brief;
  const commands = keyed(brief);
  const names = fewOf(commands.map(({ name }) => name));
  const perDay = product(sum(...commands.map(({ id }) => quantities.load.meanOf(id))), secondsPerDay, answerBytes);
  const repeats = repeatDays(brief);
  return ladder.map(({ id, title, days }) => {
    const bytes = product(perDay, exact(days));
    const cost = product(quotient(bytes, bytesPerGigabyte), price("storage"));
    return {
      id,
      title: `answers remembered for ${title}`,
      needs: [needAtLeast(exact(days), repeats, "a repetition that comes later than that would be taken for something new")],
      bill: [{ component: "idempotency", words: "storage of remembered answers", cost }],
      figures: [
        { id: "days", words: "days for which answers are remembered", unit: "days", formula: exact(days) },
        { id: "bytes", words: "bytes of remembered answers", unit: "bytes", formula: bytes },
      ],
      because: `Nobody who calls ${names} tries again later than ${title} after the first time.`,
      consequence: `A phone or a program that comes back after ${title} with an old key does its work a second time.`,
    };
  });
}

/** How late the most patient of the clients may come again. */
function repeatDays({ model }: Brief): Formula {
  const { clients } = model.requirements;
  const offline = assumed({
    id: "offline-days",
    words: "days that a client may be without a network and still send what was done meanwhile",
    unit: "days",
    value: 7,
    range: [1, 30],
    ask: "For how many days may a phone or a device be without a network and still deliver what was done on it?",
    because: "the model names clients that work without a network, and no time",
  });
  const isOffline = clients.includes("mobile-offline") || clients.includes("device");
  return greatest(personRepeats, ...(clients.includes("partner") ? [partnerRepeats] : []), ...(isOffline ? [offline] : []));
}
