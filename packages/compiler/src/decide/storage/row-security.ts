import type { Entity } from "@archwright/model";
import { exact, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { databaseCorePrice, databaseUse } from "../database-core-price.ts";
import type { Brief, DecisionRule, OptionRule } from "../rule.ts";
import { filterHours, filterSlip, leakCost, policyCost, policyHours, policySlip, upkeep } from "./row-security-terms.ts";

const monthsOfYear = exact(12);

interface Guarded {
  readonly entities: readonly Entity[];
  readonly rules: Formula;
  readonly places: Formula;
}

/** Catalogue of decisions, 28. */
export const rowSecurity: DecisionRule = {
  id: "row-security",
  area: "storage",
  question: "Who keeps rows from those whom they do not concern?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 28 (row-level security)",
    "reliability study 2.1: row-level security costs 0.7 %",
    "OWASP Top 10, A01",
  ],
  propose: (brief) => {
    const guarded = guardedBy(brief);
    return guarded.entities.length === 0 ? [] : [{ options: optionsOf(brief, guarded) }];
  },
};

/** Rules that let a role see some rows only, and the places whose statements they bear upon. */
function guardedBy({ model, facts }: Brief): Guarded {
  const entities = model.entities.filter(({ access, tenant }) => tenant !== undefined || access.some(({ where }) => where !== undefined));
  const rules = entities.reduce((total, { access, tenant }) => {
    return total + access.filter(({ where }) => where !== undefined).length + (tenant === undefined ? 0 : 1);
  }, 0);
  const places = entities.reduce((total, { id }) => total + new Set([...facts.useOf(id).readers, ...facts.useOf(id).writers]).size, 0);
  return {
    entities,
    rules: counted("guard.rules", "rules that let a role see some rows only", rules, model.name),
    places: counted("guard.places", "places whose statements must keep to these rules", places, model.name),
  };
}

function optionsOf(brief: Brief, { entities, rules, places }: Guarded): readonly OptionRule[] {
  const { quantities, model } = brief;
  const slowed = product(quotient(product(quantities.work.databaseCores, policyCost), databaseUse), databaseCorePrice(brief));
  const filterLeaks = product(places, filterSlip);
  const policyHoursAll = sum(upkeep, product(rules, policyHours));
  const filterHoursAll = product(places, filterHours);
  const few = fewOf(entities.map(({ name }) => name));
  const count = entities.length === 1 ? `Rows of ${few} concern` : `Rows of ${few} each concern`;
  return [
    weighed(
      brief,
      { leaks: filterLeaks, hours: filterHoursAll, slowed: zero },
      {
        id: "filter-in-application",
        title: "conditions in the application alone",
        because: `The few places of ${model.name} that read ${few} can be looked through by hand.`,
        consequence: "The one place that forgets its condition shows everything, and nothing else stops it.",
      },
    ),
    weighed(
      brief,
      { leaks: product(rules, policySlip), hours: policyHoursAll, slowed },
      {
        id: "policy-in-database",
        title: "policies in the database alone",
        because: `${count} some people only, and a policy holds for every statement, whoever wrote it.`,
        consequence:
          "The database has to know who asks in every transaction, and a missing policy is an empty answer that puzzles its reader.",
      },
    ),
    weighed(
      brief,
      { leaks: product(filterLeaks, policySlip), hours: sum(policyHoursAll, filterHoursAll), slowed },
      {
        id: "both",
        title: "policies in the database, and conditions in the application",
        because: `${count} some people only, and two locks have to fail before anybody else sees one.`,
        consequence: "Each rule is there twice, so both have to be made from one source.",
      },
    ),
  ];
}

interface Effort {
  /** Expected in a year. */
  readonly leaks: Formula;
  readonly hours: Formula;
  /** Money for the work of policies: a part of the database's bill, and no line of its own. */
  readonly slowed: Formula;
}

function weighed({ hourPrice }: Brief, { leaks, hours, slowed }: Effort, option: OptionRule): OptionRule {
  const risk = quotient(product(leaks, leakCost), monthsOfYear);
  return {
    ...option,
    hoursPerMonth: hours,
    figures: [
      { id: "leaks", words: "leaks to be expected in a year", unit: "count", formula: leaks },
      { id: "risk", words: "what these cost in a month, on the average", unit: "money", formula: risk },
      { id: "slowed", words: "what the database costs more for its policies", unit: "money", formula: slowed },
    ],
    score: sum(risk, slowed, product(hours, hourPrice)),
  };
}
