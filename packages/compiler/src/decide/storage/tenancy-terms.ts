import { constant, type Formula } from "../../formulas/formula.ts";
import { monthlyHours } from "../monthly-hours.ts";
import type { OptionFigure } from "../rule.ts";

export const largestMax = constant(
  "tenancy-largest",
  "share of the load that one tenant may make among others",
  0.2,
  "share",
  "sourced",
  "catalogue of decisions, 27",
);
export const tenancyHours = monthlyHours("tenancy", "migrations, restores, odd cases");
export const sharedHours = tenancyHours("shared-hours", "tenants that share their tables", 1, [0.3, 4]);

export const figuresOf = (migrated: Formula, together: Formula): readonly OptionFigure[] => [
  { id: "migrations", words: "places where a migration runs", unit: "count", formula: migrated },
  { id: "together", words: "tenants that one database holds", unit: "count", formula: together },
];
