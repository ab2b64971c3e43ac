import type { Facts } from "../facts/facts.ts";
import { constant, least, named, product, sum, zero, type Formula } from "../formulas/formula.ts";
import { formulaOf, secondsPerDay } from "./given.ts";
import type { LoadFormulas } from "./load.ts";
import { hotShare, indexEntry, type VolumeFormulas } from "./volume.ts";
import type { WorkFormulas } from "./work.ts";

const hotDays = constant(
  "hot-days",
  "days within which a row is asked for again, or else need not be at hand",
  7,
  "days",
  "general",
  "use repeats by the week; to be measured: hit ratio of the buffer cache",
  [1, 30],
);

/**
 * Bytes of an entity that are read again and again: a share of all rows, and no more than could be asked for in that time if each were another
 * one. The history of years rests on the disk.
 */
export function hotBytesFormulas(
  { items, useOf }: Facts,
  load: LoadFormulas,
  volume: VolumeFormulas,
  work: WorkFormulas,
): (entity: string) => Formula {
  return formulaOf((entity) => {
    const { readers, writers } = useOf(entity);
    const askers = [...new Set([...readers, ...writers])].filter((id) => items.operations.has(id));
    const rows = product(sum(...askers.map((id) => product(load.meanOf(id), work.rowsReadOf(id)))), hotDays, secondsPerDay);
    const bytesOfRow = sum(volume.rowBytesOf(entity), product(volume.indexesOf(entity), indexEntry));
    const words = `bytes of ${items.entities.get(entity)?.name ?? entity} that are read again and again`;
    return named(`${entity}.hot-bytes`, words, "bytes", least(product(volume.bytesOf(entity), hotShare), product(rows, bytesOfRow)));
  }, zero);
}
