import type { Facts } from "../facts/facts.ts";
import { constant, greatest, least, named, product, quotient, sum, zero, type Formula, type Input } from "../formulas/formula.ts";
import { assumed, counted, formulaOf, given, msPerSecond, secondsPerYear } from "./given.ts";
import type { LoadFormulas } from "./load.ts";
import { timesOf } from "./statements.ts";

/** How many rows there are, and will be. */
export interface RowFormulas {
  /** Rows of an entity now, what a second adds, and rows at the end of the horizon. */
  readonly rowsOf: (entity: string) => Formula;
  readonly growthOf: (entity: string) => Formula;
  readonly rowsAtHorizonOf: (entity: string) => Formula;
  /** The most rows that belong to one owner, where the model says it. */
  readonly mostOf: (entity: string) => Formula | undefined;
  readonly horizonYears: Input;
}

const horizonYears = constant(
  "horizon",
  "years that the design is to last",
  2,
  "count",
  "general",
  "catalogue of decisions, 23: two years of growth",
  [1, 5],
);

export function rowFormulas(facts: Facts, load: LoadFormulas): RowFormulas {
  const { items } = facts;
  const times = timesOf(facts);
  const cleared = clearedAfter(facts);
  const growthOf = formulaOf((id) => growth(id), zero);
  const rowsOf = formulaOf((id) => rows(id), zero);
  return {
    rowsOf,
    growthOf,
    rowsAtHorizonOf: formulaOf(
      (id) => named(`${id}.rows.horizon`, `rows of ${nameOf(id)} at the end of the horizon`, "rows", rowsAtHorizon(id)),
      zero,
    ),
    mostOf: (id) => {
      const most = items.entities.get(id)?.expected?.most;
      return most === undefined
        ? undefined
        : given(`${id}.most`, `the most rows of ${nameOf(id)} that belong to one owner`, "rows", most, id);
    },
    horizonYears,
  };

  function nameOf(id: string): string {
    return items.entities.get(id)?.name ?? id;
  }

  /** Where a job removes old rows there are as many in the end as that age brings. */
  function rowsAtHorizon(id: string): Formula {
    const grown = sum(rowsOf(id), product(growthOf(id), secondsPerYear, horizonYears));
    const ageMs = cleared.get(id);
    if (ageMs === undefined) return grown;
    const age = counted(`${id}.kept`, `how long rows of ${nameOf(id)} are kept`, ageMs, id, "ms");
    return least(grown, greatest(rowsOf(id), product(growthOf(id), quotient(age, msPerSecond))));
  }

  /** What creates rows adds them. */
  function growth(id: string): Formula {
    const words = `rows of ${nameOf(id)} that a second adds`;
    const said = items.entities.get(id)?.expected?.growthPerSecond;
    if (said !== undefined) return given(`${id}.growth`, words, "/s", said, id);
    return named(`${id}.growth`, words, "/s", sum(...makersOf(facts, id).map((maker) => product(load.meanOf(maker), times(maker, id)))));
  }

  function rows(id: string): Formula {
    const said = items.entities.get(id)?.expected?.rows;
    if (said !== undefined) return given(`${id}.rows`, `rows of ${nameOf(id)} now`, "rows", said, id);
    return makersOf(facts, id).length > 0 ? zero : unstatedRows(id, nameOf(id));
  }
}

function unstatedRows(id: string, name: string): Input {
  return assumed({
    id: `${id}.rows`,
    words: `rows of ${name} now`,
    unit: "rows",
    value: 10_000,
    range: [100, 10_000_000],
    ask: `How many rows of ${name} are there?`,
    because: "the model states no expected rows, and no command creates them",
  });
}

function makersOf({ items, useOf }: Facts, id: string): readonly string[] {
  const { creators, opaqueWriters } = useOf(id);
  const operations = creators.length > 0 ? creators : opaqueWriters;
  return operations.filter((maker) => items.operations.has(maker));
}

/** How old rows are, in milliseconds, when a job removes them. What goes by more than their age leaves some, and does not count. */
function clearedAfter({ bodies, items }: Facts): ReadonlyMap<string, number> {
  const removals = bodies.flatMap(({ item, steps }) => (items.jobs.has(item) ? steps.filter((step) => step.kind === "remove") : []));
  return new Map(
    removals.flatMap(({ entity, target }) =>
      target.kind === "where" && target.condition.kind === "olderThan" ? [[entity, target.condition.ageMs] as const] : [],
    ),
  );
}
