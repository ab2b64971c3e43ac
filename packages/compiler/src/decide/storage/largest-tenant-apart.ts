import { constant, difference, exact, named, one, product, sum, type Formula } from "../../formulas/formula.ts";
import { needAtMost, needThat, type Brief, type Need, type OptionRule } from "../rule.ts";
import { figuresOf, largestMax, sharedHours, tenancyHours } from "./tenancy-terms.ts";
import { largestTenant } from "./tenants.ts";

const secondShare = constant(
  "tenancy-second",
  "share of what the largest leaves that the next largest makes",
  0.2,
  "share",
  "general",
  "a customer list in which each is somewhat smaller than the last; to be measured",
  [0.02, 0.5],
);
const apartHours = tenancyHours("apart-hours", "one tenant that is kept apart", 2, [0.5, 8]);

export interface Apart {
  readonly count: Formula;
  readonly held: Formula;
  readonly isLarge: Formula;
  /** What all who share tables need. */
  readonly shared: readonly Need[];
}

export function largestTenantApart(brief: Brief, { count, held, isLarge, shared }: Apart): OptionRule {
  const { model } = brief;
  const others = product(isLarge, difference(one, largestTenant(brief)), secondShare);
  const rest = named("tenancy.second", "share of the load that the largest of the others may make", "share", others);
  return {
    id: "largest-apart",
    title: "shared tables, the largest tenant apart",
    needs: [
      needThat(isLarge, "no tenant is so large that the others would feel it"),
      needAtMost(rest, largestMax, "the next largest would slow down the others all the same"),
      ...shared,
    ],
    bill: [{ component: "database", words: "an instance for the largest tenant alone", cost: held }],
    hoursPerMonth: sum(sharedHours, apartHours),
    figures: figuresOf(exact(2), difference(count, one)),
    because: `The largest tenant of ${model.name} has a machine to itself, and all others go on sharing theirs.`,
    consequence:
      "Each migration runs twice, what concerns all tenants asks two databases, and the next one that grows has to be moved while it works.",
  };
}
