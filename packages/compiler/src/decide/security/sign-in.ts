import { constant, difference, exact, greatest, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { clientKindsOf } from "../structure/client-kinds.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy } from "./compliance.ts";
import { machineRoles, peopleOf } from "./people.ts";

const hours = (id: string, words: string, value: number, range: readonly [number, number]): Formula =>
  constant(`sign-in-${id}`, `hours a month for ${words}`, value, "hours", "general", "to be counted in a first month", range);

const ownBase = hours("own-base", "a sign-in of one's own: upgrades, abuse, leaked passwords", 0.5, [0.1, 4]);
const ownEach = hours("own-thousand", "a thousand people who get in with its help", 0.05, [0.01, 0.5]);
const ownAudit = hours("own-audit", "showing an auditor that it is sound", 4, [1, 16]);
const ownFederation = hours("own-federation", "signing companies in by their own directories", 6, [2, 20]);
const hostedBase = hours("hosted-base", "a hosted sign-in: settings, its releases, its contract", 1, [0.25, 4]);
const hostedAudit = hours("hosted-audit", "filing the certificates of the host", 0.5, [0.1, 2]);
const hostedFederation = hours("hosted-federation", "connecting the directories of companies", 1, [0.25, 4]);
const freeUsers = constant(
  "sign-in-free",
  "people that a hosted sign-in takes for nothing",
  10_000,
  "people",
  "general",
  "usual first tier, not verified again",
);
const hostedAvailability = constant(
  "sign-in-hosted-availability",
  "availability that a hosted sign-in promises",
  0.9995,
  "share",
  "general",
  "between 99.9 % and 99.99 %, by the contract",
  [0.999, 0.9999],
);

export const signIn: DecisionRule = {
  id: "sign-in",
  area: "security",
  question: "Who keeps the passwords?",
  evidence: "general",
  sources: ["OWASP ASVS 5.0, V6: 35 requirements at levels 1 and 2 are about authentication alone"],
  propose: (brief) => (brief.model.roles.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, price, quantities } = brief;
  const users = peopleOf(brief);
  const audited = isBoundBy(brief, "soc2", "hipaa");
  const companies = greatest(
    whether("tenants.shared", "companies share it", model.requirements.tenants !== undefined, model.name),
    clientKindsOf(brief).partner,
  );
  const total = (base: Formula, audit: Formula, federation: Formula): Formula =>
    sum(base, product(audited, audit), product(companies, federation));
  const machines = machineRoles(model);
  const people = model.roles.filter((role) => !machines.includes(role)).map(({ name }) => name);
  return [
    {
      id: "own",
      title: "a sign-in of its own",
      bill: [],
      hoursPerMonth: sum(total(ownBase, ownAudit, ownFederation), product(quotient(users, exact(1_000)), ownEach)),
      because: `Whoever is ${fewOf(people)} of ${model.name} gets in without a third party.`,
      consequence: "Passwords lie in the own database: hashing, lost access and break-in attempts are the team's to look after.",
    },
    {
      id: "hosted",
      title: "a hosted sign-in",
      needs: [
        needAtMost(
          difference(one, hostedAvailability),
          difference(one, quantities.promises.availability),
          "while it is down nobody gets in, and it promises less than is promised here",
        ),
      ],
      bill: [
        {
          component: "sign-in",
          words: "people beyond the free ones at a hosted sign-in",
          cost: product(greatest(zero, difference(users, freeUsers)), price("sign-in-user")),
        },
      ],
      hoursPerMonth: total(hostedBase, hostedAudit, hostedFederation),
      because: "Second factors, directories of companies and the auditor's questions are answered by those who do it all day.",
      consequence: "Names and addresses of all people lie with one more company, and to leave it means a new password for everybody.",
    },
  ];
}
