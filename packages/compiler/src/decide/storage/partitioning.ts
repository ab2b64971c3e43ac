import type { Entity } from "@archwright/model";
import { atMost, ceiling, constant, exact, greatest, one, product, quotient, sum, when, zero } from "../../formulas/formula.ts";
import { bytesPerGigabyte, counted } from "../../quantities/given.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { agingOf, type Aging } from "./aging.ts";
import { removedPerSecond, removedShare, split } from "./partition-cost.ts";

const catalogue = "catalogue of decisions, 22 (partitions)";
const rowsMax = constant("partitioning-rows", "rows that one table holds well", 100e6, "rows", "sourced", catalogue);
const removedMax = constant(
  "partitioning-removed",
  "share of the rows that may be removed one by one in a month",
  0.1,
  "share",
  "sourced",
  catalogue,
);
const removableRows = constant(
  "partitioning-removable",
  "rows of a table of which any share may be removed one by one",
  1e6,
  "rows",
  "general",
  "seconds of work at night",
  [1e5, 1e7],
);
const partitionRows = constant(
  "partitioning-size",
  "rows of a partition",
  50e6,
  "rows",
  "general",
  "half of what a table holds well",
  [10e6, 100e6],
);
const hoursFor = monthlyHours("partitioning", "made ahead by a job that is watched");
const timeHours = hoursFor("time-hours", "partitions that come and go", 1, [0.25, 4]);
const hashHours = hoursFor("hash-hours", "partitions that stay", 0.5, [0.1, 2]);

/** Catalogue of decisions, 22: of each entity of which the model says how large it gets. */
export const partitioning: DecisionRule = {
  id: "partitioning",
  area: "storage",
  question: "Is a table split into partitions?",
  evidence: "sourced",
  sources: [catalogue, "PostgreSQL documentation: table partitioning is worth it beyond the memory of the server"],
  propose: (brief) => {
    const agedOf = agingOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const aging = agedOf(entity);
      if (!aging.isSized) return [];
      return [
        { about: entity.id, question: `Is the table of ${entity.name} split into partitions?`, options: optionsOf(brief, entity, aging) },
      ];
    });
  },
};

function optionsOf(brief: Brief, entity: Entity, aging: Aging): readonly OptionRule[] {
  const { id, name } = entity;
  const { volume } = brief.quantities;
  const rows = volume.rowsAtHorizonOf(id);
  const uniques = counted(`${id}.partition-uniques`, `values of ${name} that are unique besides the id`, aging.uniques, id);
  const enough = ceiling(quotient(rows, partitionRows));
  const months =
    aging.removedAfterMs === undefined ? product(volume.horizonYears, exact(12)) : sum(one, quotient(one, removedShare(entity, aging)));
  const times = greatest(one, enough, ceiling(months));
  const removed = removedPerSecond(brief, entity, aging);
  const memory = fitsMemory(brief, entity);
  // A hash spreads what is read again and again over all partitions; that is no reason against it where there is no other way.
  const goesByTime = aging.time !== undefined && aging.uniques === 0;
  const oneByOne = needAtMost(
    when(atMost(rows, removableRows), zero, removedShare(entity, aging)),
    removedMax,
    `old rows of ${name} are removed one by one, and vacuum has to follow`,
  );
  const none: OptionRule = {
    id: "none",
    title: "one table",
    needs: [needAtMost(rows, rowsMax, `an index of ${name} gets so deep and wide that vacuum takes hours`), ...memory, oneByOne],
    ...split(brief, entity, { partitions: one, probed: zero, removed, hours: zero }),
    because: `${name} stays a table like any other, with any value unique that must be.`,
    consequence: "What is old is removed row by row, and a rebuilt index is one of all rows.",
  };
  const byTime: OptionRule = {
    id: "by-time",
    title: `partitions by ${aging.time ?? "time"}`,
    needs: [needAtMost(uniques, zero, "a value can be unique only within a partition")],
    ...split(brief, entity, { partitions: times, probed: aging.isReadByTime ? zero : times, removed: zero, hours: timeHours }),
    because: `What is old goes with its partition, at once and without a trace in the others.`,
    consequence: `Whoever asks for ${name} without naming the time looks into every partition.`,
  };
  const byHash: OptionRule = {
    id: "by-hash",
    title: "partitions by the hash of a key",
    needs: [needAtMost(uniques, one, "only the key by which rows are spread can be unique"), ...(goesByTime ? memory : []), oneByOne],
    ...split(brief, entity, { partitions: greatest(one, enough), probed: zero, removed, hours: hashHours }),
    because: `Vacuum and rebuilding work on a part of ${name} at a time.`,
    consequence: "The number of partitions is fixed: another one means to copy all rows.",
  };
  return [none, ...(aging.time === undefined ? [] : [byTime]), byHash];
}

function fitsMemory({ decidedIfAny, quantities }: Brief, { id, name }: Entity): readonly Need[] {
  const memory = decidedIfAny("database-size")?.figure("memory-gigabytes");
  if (!memory) return [];
  return [
    needAtMost(
      quantities.hotBytesOf(id),
      product(memory, bytesPerGigabyte),
      `what is read of ${name} again and again would not fit into the memory of the database`,
    ),
  ];
}
