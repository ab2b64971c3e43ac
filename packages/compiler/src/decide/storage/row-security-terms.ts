import { constant } from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";

/** What filters and policies cost, and how often they let too much through. */

export const policyCost = constant(
  "row-security-work",
  "work that a policy adds to a statement, over the statement",
  0.007,
  "share",
  "measured",
  "reliability study 2.1: 11,189 in place of 11,272 point reads a second",
  [0.002, 0.05],
);
export const filterSlip = constant(
  "row-security-filter-slip",
  "chance in a year that one place forgets its filter, or gets it wrong",
  0.01,
  "share",
  "general",
  "broken access control leads the OWASP Top 10",
  [0.001, 0.05],
);
export const policySlip = constant(
  "row-security-policy-slip",
  "chance in a year that one policy lets too much through",
  0.003,
  "share",
  "general",
  "written once, and tested by itself",
  [0.0005, 0.02],
);
export const filterHours = constant(
  "row-security-filter-hours",
  "hours in a month for the filter of one place",
  0.02,
  "hours",
  "general",
  "a quarter of an hour a year in reviews",
  [0.005, 0.1],
);
export const policyHours = constant(
  "row-security-policy-hours",
  "hours in a month for one policy",
  0.03,
  "hours",
  "general",
  "its migration, its test, its plan",
  [0.01, 0.15],
);
export const upkeep = constant(
  "row-security-upkeep",
  "hours in a month for roles and sessions of the database that know who asks",
  0.5,
  "hours",
  "general",
  "one role for each operation, granted by migrations",
  [0.1, 3],
);
export const leakCost = assumed({
  id: "leak-cost",
  words: "what it costs when somebody sees the data of another",
  unit: "money",
  value: 20_000,
  range: [500, 1_000_000],
  ask: "What would it cost you if one customer saw the data of another?",
  because: "the model does not say how bad that would be",
});
