import type { Integration } from "@archwright/model";
import type { PlacedField } from "../../facts/nested-fields.ts";
import { constant, zero } from "../../formulas/formula.ts";
import { assumed, whether } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needThat, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isSpecial, personalFields } from "./sensitive-fields.ts";

const clausesHours = constant(
  "personal-data-residency-clauses",
  "hours a month for the contract and the yearly assessment of the other country's law",
  0.75,
  "hours",
  "general",
  "a day and a bit in a year, a lawyer's included",
  [0.25, 4],
);
const pseudonymHours = constant(
  "personal-data-residency-pseudonyms",
  "hours a month to keep who is who on this side",
  2,
  "hours",
  "general",
  "to be counted",
  [0.5, 8],
);

export const personalDataResidency: DecisionRule = {
  id: "personal-data-residency",
  area: "security",
  question: "On what terms does a third party get data about people?",
  evidence: "sourced",
  sources: ["GDPR, articles 28 and 44 to 49", "Court of Justice of the EU, C-311/18 (Schrems II)"],
  propose: (brief) => {
    const { comply, region } = brief.model.requirements;
    if (!comply.includes("gdpr") && region !== "eu") return [];
    return brief.model.integrations.flatMap((integration) => {
      const handed = integration.calls.flatMap(({ id, input }) => personalFields(input, id));
      if (handed.length === 0) return [];
      return [
        {
          about: integration.name,
          question: `On what terms does ${integration.name} get ${namesOf(handed)}?`,
          options: optionsOf(brief, integration, handed),
        },
      ];
    });
  },
};

function optionsOf({ model }: Brief, { name }: Integration, handed: readonly PlacedField[]): readonly OptionRule[] {
  const special = handed.filter(isSpecial);
  const isWithin = assumed({
    id: `${name}.within-region`,
    words: `${name} keeps what it is given about people within the law's reach`,
    unit: "yes/no",
    value: 0,
    range: [0, 1],
    ask: `Does ${name} keep what it is given about people in Europe, or in a country with an adequacy decision?`,
    because: `the model does not say where ${name} keeps it`,
  });
  return [
    {
      id: "within-region",
      title: "a processing contract within the region",
      needs: [needThat(isWithin, `${namesOf(handed)} would leave the reach of the law that ${model.name} is bound by`)],
      hoursPerMonth: zero,
      because: `${name} is under the same law as ${model.name}.`,
      consequence: `A new sub-processor of ${name} may change that, and has to be objected to in time.`,
    },
    {
      id: "standard-clauses",
      title: "standard contractual clauses",
      needs: [
        needThatNot(
          whether(`${name}.special`, `${name} gets what people are harmed by when it gets out`, special.length > 0, name),
          `clauses do not bind the authorities of another country, and ${namesOf(special)} is not to come before them`,
        ),
      ],
      hoursPerMonth: clausesHours,
      because: `${namesOf(handed)} is what ${name} cannot do without.`,
      consequence: "The assessment has to be made anew when the other country's law changes, and a court may find it wanting.",
    },
    {
      id: "pseudonyms",
      title: "pseudonyms only",
      hoursPerMonth: pseudonymHours,
      because: `${name} learns that somebody is meant, and not who.`,
      consequence: `What ${name} shows or sends speaks of nobody by name, and has to be put together on this side.`,
    },
  ];
}

const namesOf = (fields: readonly PlacedField[]): string => fewOf([...new Set(fields.map(({ field }) => field.name))]);
