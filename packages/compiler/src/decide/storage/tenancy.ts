import { atMost, constant, least, not, one, product, sum, when, zero } from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy } from "../security/compliance.ts";
import { largestTenantApart } from "./largest-tenant-apart.ts";
import { copiesOf } from "./postgres-limits.ts";
import { figuresOf, largestMax, sharedHours, tenancyHours } from "./tenancy-terms.ts";
import { hasTenants, largestTenant, tenantCount } from "./tenants.ts";

const schemasMax = constant(
  "tenancy-schemas",
  "tenants that can have a schema each",
  200,
  "count",
  "sourced",
  "catalogue of decisions, 27; every migration runs once for each",
);
const databasesMax = constant(
  "tenancy-databases",
  "tenants that can have a database each",
  100,
  "count",
  "general",
  "connections, backups and migrations of each",
  [30, 500],
);
const schemaHours = tenancyHours("schema-hours", "the schema of each tenant", 0.1, [0.03, 0.5]);
const databaseHours = tenancyHours("database-hours", "the database of each tenant", 0.3, [0.1, 2]);

const wantsOwnTables = assumed({
  id: "tenants.own-tables",
  words: "tenants want tables or columns of their own",
  unit: "yes/no",
  value: 0,
  range: [0, 1],
  ask: "Do some customers want fields or tables that the others do not have?",
  because: "the model has the same tables for everybody",
});

/** Catalogue of decisions, 27. */
export const tenancy: DecisionRule = {
  id: "tenancy",
  area: "storage",
  question: "How are the data of tenants kept apart?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 27 (tenancy)"],
  propose: (brief) => (hasTenants(brief) ? [{ options: optionsOf(brief) }] : []),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decidedIfAny } = brief;
  const count = tenantCount(brief);
  const isFew = atMost(count, databasesMax);
  const largest = largestTenant(brief);
  const regulated = needThatNot(
    least(isFew, isBoundBy(brief, "hipaa")),
    "what is regulated must not lie in one database with what is another's",
  );
  const crowded = needAtMost(largest, largestMax, "a tenant of that size slows down all who share a database with it");
  const held = product(copiesOf(brief), decidedIfAny("database-size")?.figure("instance-cost") ?? zero);
  const isLarge = not(atMost(largest, largestMax));
  const alike = needThatNot(wantsOwnTables, "tables that all tenants share have the same columns for all");
  return [
    {
      id: "shared",
      title: "shared tables",
      needs: [crowded, regulated, alike],
      bill: [],
      hoursPerMonth: sharedHours,
      figures: figuresOf(one, count),
      because: `One migration changes ${model.name} for everybody, and a new tenant is a row.`,
      consequence:
        "Every row carries its tenant, a forgotten condition shows it to another, and the largest tenant is everybody's neighbour.",
    },
    largestTenantApart(brief, { count, held, isLarge, shared: [regulated, alike] }),
    {
      id: "schema-per-tenant",
      title: "a schema for each tenant",
      needs: [
        crowded,
        regulated,
        needAtMost(count, schemasMax, "a migration that runs once for each tenant takes a night, and fails for some"),
      ],
      bill: [],
      hoursPerMonth: sum(sharedHours, product(schemaHours, count)),
      figures: figuresOf(count, count),
      because: "A tenant can have columns of its own, and can be restored or handed over by itself.",
      consequence: "Tables multiply by the number of tenants, and so does the time of each migration.",
    },
    {
      id: "database-per-tenant",
      title: "a database for each tenant",
      needs: [needAtMost(count, databasesMax, "connections, backups and migrations of that many databases are nobody's spare time")],
      bill: [
        {
          component: "database",
          words: "an instance of its own for a tenant that is too large for the others",
          cost: when(isLarge, held, zero),
        },
      ],
      hoursPerMonth: sum(sharedHours, product(databaseHours, count)),
      figures: figuresOf(count, one),
      because: "No query can reach another tenant, and a large one can be given a machine of its own.",
      consequence: "What concerns all tenants, a report or a migration, has to visit every database.",
    },
  ];
}
