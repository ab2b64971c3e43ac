import type { Formula } from "../../formulas/formula.ts";
import { givenOr } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

/** Who shares the system without seeing each other. */

export const hasTenants = ({ model }: Pick<Brief, "model">): boolean =>
  model.entities.some(({ tenant }) => tenant !== undefined) || (model.requirements.tenants !== undefined && model.entities.length > 0);

export const tenantCount = ({ model }: Pick<Brief, "model">): Formula =>
  givenOr(model.requirements.tenants?.count, model.name, {
    id: "tenants",
    words: "tenants that share the system",
    unit: "count",
    value: 100,
    range: [1, 10_000],
    ask: "How many customers share the system without seeing each other?",
    because: "the model has tenants, but does not say how many",
  });

/** Of the load, and of the rows. */
export const largestTenant = ({ model }: Pick<Brief, "model">): Formula =>
  givenOr(model.requirements.tenants?.largestShare, model.name, {
    id: "tenants.largest",
    words: "share of the load that the largest tenant makes",
    unit: "share",
    value: 0.1,
    range: [0.01, 0.6],
    ask: "Which share of all use does your largest customer make?",
    because: "the model does not say how large the largest tenant is",
  });
