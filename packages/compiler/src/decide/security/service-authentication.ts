import { constant, one, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy } from "./compliance.ts";

const hours = (id: string, words: string, value: number, range: readonly [number, number]): Formula =>
  constant(`service-authentication-${id}`, `hours a month ${words}`, value, "hours", "general", "to be counted in a first quarter", range);

const tokenEach = hours("token-each", "to change the key of one process", 0.2, [0.05, 1]);
const authority = hours("authority", "for an authority that issues certificates", 1, [0.25, 4]);
const certificateEach = hours("certificate-each", "for the certificates of one process, which renew themselves", 0.02, [0.005, 0.2]);

export const serviceAuthentication: DecisionRule = {
  id: "service-authentication",
  area: "security",
  question: "How does one process know that it is another that asks?",
  evidence: "general",
  sources: ["NIST SP 800-207 (zero trust): no request is trusted for where it comes from", "HIPAA, 45 CFR 164.312(e)"],
  propose: (brief) => (brief.model.contexts.length < 2 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decided, price } = brief;
  const processes = decided("placement").figure("deployables");
  const isHealth = isBoundBy(brief, "hipaa");
  return [
    {
      id: "none",
      title: "no proof between processes",
      needs: [needAtMost(processes, one, "whoever gets into the network could call any process as if he were another")],
      bill: [],
      hoursPerMonth: zero,
      because: `The ${model.contexts.length} contexts of ${model.name} call each other in memory.`,
      consequence: "The day on which one of them moves out, this has to be settled first.",
    },
    {
      id: "token",
      title: "short-lived signed tokens between processes",
      needs: [needThatNot(isHealth, "HIPAA wants what passes between processes encrypted from end to end, which a token does not do")],
      bill: [],
      hoursPerMonth: product(processes, tokenEach),
      because: "It needs nothing that the sign-in of people does not have already.",
      consequence: "Each process has a key that has to be changed, and whoever listens on the network can read along.",
    },
    {
      id: "mtls",
      title: "certificates on both sides",
      bill: [{ component: "service-authentication", words: "a private authority for certificates", cost: price("certificate-authority") }],
      hoursPerMonth: sum(authority, product(processes, certificateEach)),
      because: "Who asks is known and what he says is encrypted, for any number of processes alike.",
      consequence: "An authority that is down, or a certificate that was not renewed, stops everything at once.",
    },
  ];
}
