import type { Facts } from "../facts/facts.ts";
import type { Formula } from "../formulas/formula.ts";
import { contextFormulas, type ContextFormulas } from "./contexts.ts";
import { hotBytesFormulas } from "./hot-bytes.ts";
import { loadFormulas, type LoadFormulas } from "./load.ts";
import { promiseFormulas, type PromiseFormulas } from "./promises.ts";
import { thirdPartyFormulas, type ThirdPartyFormulas } from "./third-parties.ts";
import { volumeFormulas, type VolumeFormulas } from "./volume.ts";
import { workFormulas, type WorkFormulas } from "./work.ts";

/** The facts that are numbers, each with its reckoning. */
export interface Quantities {
  readonly load: LoadFormulas;
  readonly volume: VolumeFormulas;
  readonly work: WorkFormulas;
  readonly promises: PromiseFormulas;
  /** Of an entity: what is read of it again and again. */
  readonly hotBytesOf: (entity: string) => Formula;
  readonly dataOf: ContextFormulas;
  readonly thirdParties: ThirdPartyFormulas;
}

export function quantitiesOf(facts: Facts): Quantities {
  const load = loadFormulas(facts);
  const volume = volumeFormulas(facts, load);
  const work = workFormulas(facts, load, volume.rowBytesOf);
  const promises = promiseFormulas(facts, work);
  const hotBytesOf = hotBytesFormulas(facts, load, volume, work);
  return {
    load,
    volume,
    work,
    promises,
    hotBytesOf,
    dataOf: contextFormulas(facts, { load, volume, work, hotBytesOf }),
    thirdParties: thirdPartyFormulas(facts, load, promises),
  };
}
