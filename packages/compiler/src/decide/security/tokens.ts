import { constant, difference, greatest, least, one, product, sum, zero } from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";
import { pointReadMs } from "../../quantities/run.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { processesOf } from "../resilience/processes.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const lifeSeconds = constant(
  "tokens-life",
  "life of an access token",
  600,
  "s",
  "measured",
  "default of our sign-in; catalogue of decisions, 47",
);
const verifyMs = constant(
  "tokens-verify",
  "work of the application to check a signature, seen tokens being remembered",
  0.02,
  "ms",
  "general",
  "EdDSA takes 0.1 ms, and most tokens come back; to be measured",
  [0.005, 0.2],
);
const askMs = constant(
  "tokens-ask",
  "time to ask the database for a session",
  0.6,
  "ms",
  "general",
  "a round trip within one zone; to be measured",
  [0.2, 3],
);
const hours = constant("tokens-hours", "hours a month for keys or sessions", 0.1, "hours", "general", "to be counted", [0.02, 1]);

const lockOutSeconds = assumed({
  id: "lock-out",
  words: "time after which somebody who is locked out must be out",
  unit: "s",
  value: 900,
  range: [5, 3_600],
  ask: "When an account is blocked, within how many seconds must whoever uses it be out?",
  because: "the model has no word for it",
});

/** Catalogue of decisions, 47. */
export const tokens: DecisionRule = {
  id: "tokens",
  area: "security",
  question: "What does a caller show to say who he is?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 47 (JWT or session)", "RFC 9068 (JWT access tokens)", "RFC 8725 (JWT best current practices)"],
  propose: (brief) => (brief.model.roles.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { decided, quantities, model, hourPrice } = brief;
  // One process knows at once which sessions have ended; others find out when the token does.
  const others = least(one, difference(processesOf(brief), one));
  const livesOn = product(greatest(zero, others), lifeSeconds);
  const { peak } = quantities.load;
  return [
    {
      id: "jwt",
      title: "signed tokens (JWT)",
      needs: [needAtMost(livesOn, lockOutSeconds, "whoever is locked out goes on until his token ends, in all processes but one")],
      hoursPerMonth: hours,
      latencyMs: verifyMs,
      figures: [{ id: "locked-out-after", words: "seconds until somebody who is locked out is out", unit: "s", formula: livesOn }],
      because: `No request to ${model.name} has to ask anybody who its caller is.`,
      consequence: "Keys have to be rotated, and what a token says stays true until it ends.",
    },
    {
      id: "opaque",
      title: "random tokens that the database knows",
      needs: [
        needAtMost(
          decided("placement").figure("deployables"),
          one,
          "each process would ask the one that keeps the sessions at every request, and be down when that one is",
        ),
      ],
      hoursPerMonth: hours,
      latencyMs: askMs,
      figures: [{ id: "locked-out-after", words: "seconds until somebody who is locked out is out", unit: "s", formula: zero }],
      score: sum(product(hours, hourPrice), databaseWorkPrice(brief, peak, pointReadMs)),
      because: "Whoever is locked out is out with the next request.",
      consequence: "Every request reads the database once more, and nobody gets in while that is away.",
    },
  ];
}
