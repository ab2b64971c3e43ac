import { groupsOf } from "../../facts/groups.ts";
import { memo } from "../../facts/memo.ts";
import { constant, difference, greatest, least, one, quotient, type Formula } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";
import { useMax } from "../use-max.ts";
import type { Crossing } from "./process-groups.ts";

/** Which contexts share a process: their names, process by process. */
export type Partition = readonly (readonly string[])[];

export const catalogue = "catalogue of decisions, 4 (monolith or split)";
export const scaleTimes = constant(
  "placement-scale",
  "times as many processors as the quietest context of a process that the busiest may need",
  5,
  "count",
  "sourced",
  catalogue,
);
/** Ten times is already another class. */
export const isolationMax = constant(
  "placement-isolation",
  "times the downtime of the strictest promise that another context in its process may have",
  9.9,
  "count",
  "sourced",
  catalogue,
);

/** How many times the processors of the quietest context the busiest of the same process needs; a context takes one at least. */
export function scaleRatio({ work }: Brief["quantities"], processes: Partition): Formula {
  const ratios = processes
    .filter((names) => names.length > 1)
    .map((names) => {
      const needed = names.map((name) => greatest(one, quotient(work.applicationCoresOf(name), useMax)));
      return quotient(greatest(...needed), least(...needed));
    });
  return greatest(one, ...ratios);
}

export function isolation({ promises }: Brief["quantities"], processes: Partition): Formula {
  const ratios = processes.flatMap((names) => {
    const promised = [...new Set(names.map((name) => promises.contextAvailabilityOf(name)))];
    if (promised.length === 1) return [];
    return [quotient(difference(one, least(...promised)), difference(one, greatest(...promised)))];
  });
  return greatest(one, ...ratios);
}

export function mostOwners({ contexts }: Brief["model"], processes: Partition): number {
  const ownerOf = new Map(contexts.map(({ name, owner }) => [name, owner]));
  const counts = processes.map((names) => new Set(names.flatMap((name) => ownerOf.get(name) ?? [])).size);
  return Math.max(1, ...counts);
}

export function areApart(partition: Partition): (crossing: Crossing) => boolean {
  const processOf = new Map(partition.flatMap((names, place) => names.map((name) => [name, place])));
  return ({ from, to }) => processOf.get(from) !== processOf.get(to);
}

/** Hops of the request that waits for most of them, one after another. */
export function mostHops(crossings: readonly Crossing[], isHop: (crossing: Crossing) => boolean): number {
  const byCaller = groupsOf(crossings, ({ caller }) => caller);
  const hopsOf: (id: string) => number = memo(
    (id) => (byCaller.get(id) ?? []).reduce((total, crossing) => total + (isHop(crossing) ? 1 : 0) + hopsOf(crossing.callee), 0),
    0,
  );
  return Math.max(0, ...[...byCaller.keys()].map(hopsOf));
}
