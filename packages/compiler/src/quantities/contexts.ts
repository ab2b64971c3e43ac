import type { Operation } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { groupsOf } from "../facts/groups.ts";
import {
  atMost,
  constant,
  greatest,
  least,
  named,
  one,
  product,
  quotient,
  sum,
  when,
  zero,
  type Formula,
  type Unit,
} from "../formulas/formula.ts";
import { msPerSecond } from "./given.ts";
import { replicaLag, staleness } from "./lateness.ts";
import type { LoadFormulas } from "./load.ts";
import type { VolumeFormulas } from "./volume.ts";
import type { WorkFormulas } from "./work.ts";

/** What a context asks of whatever keeps its data, were that PostgreSQL. */
export interface ContextData {
  /** Cores that are busy at the peak: with reading, with that part of it which may be late, and with writing. */
  readonly readCores: Formula;
  readonly lateReadCores: Formula;
  readonly writeCores: Formula;
  /** Cores that are busy on the average, and which share of the peak this is. */
  readonly meanCores: Formula;
  readonly meanOverPeak: Formula;
  /** A second, at the peak. */
  readonly transactions: Formula;
  readonly commits: Formula;
  readonly rowsRead: Formula;
  readonly rowsWritten: Formula;
  readonly logBytes: Formula;
  /** At the end of the horizon. */
  readonly bytes: Formula;
  /** Of these, what is asked for again and again. */
  readonly hotBytes: Formula;
}

export type ContextFormulas = (context: string) => ContextData;

const logRecord = constant(
  "log-record",
  "bytes of log of a row that is written",
  224,
  "bytes",
  "measured",
  "reliability study 2.1: a small row without a second index",
);
export const logOfIndex = constant(
  "log-of-index",
  "bytes of log that an index adds to a row that is written",
  77,
  "bytes",
  "measured",
  "reliability study 2.1: random bigint",
);

/** What contexts are reckoned from. */
export interface ContextParts {
  readonly load: LoadFormulas;
  readonly volume: VolumeFormulas;
  readonly work: WorkFormulas;
  readonly hotBytesOf: (entity: string) => Formula;
}

export function contextFormulas(facts: Facts, { load, volume, work, hotBytesOf }: ContextParts): ContextFormulas {
  const operationsOf = groupsOf(facts.model.operations, ({ context }) => context);
  const entitiesOf = groupsOf(facts.model.entities, ({ context }) => context);
  const made = new Map<string, ContextData>();
  return (context) => {
    const data = made.get(context) ?? dataOf(context);
    made.set(context, data);
    return data;
  };

  function dataOf(context: string): ContextData {
    const operations = operationsOf.get(context) ?? [];
    const entities = entitiesOf.get(context) ?? [];
    const writing = operations.filter(isCommand);
    const reading = operations.filter((operation) => !isCommand(operation));
    const late = reading.filter(({ staleMs }) => staleMs !== undefined);
    const fact = (id: string, words: string, unit: Unit, ...parts: readonly Formula[]): Formula =>
      named(`${context}.${id}`, `${words} of ${context}`, unit, sum(...parts));
    const readCores = fact("read-cores", "cores busy with the reads", "cores", ...reading.map(busy));
    const writeCores = fact("write-cores", "cores busy with the writes", "cores", ...writing.map(busy));
    const meanCores = fact("mean-cores", "cores busy on the average with the data", "cores", ...operations.map(busyOnAverage));
    return {
      readCores,
      lateReadCores: fact("late-read-cores", "cores busy with the reads that may be late", "cores", ...late.map(busyIfLate)),
      writeCores,
      meanCores,
      meanOverPeak: least(one, quotient(meanCores, sum(readCores, writeCores))),
      transactions: fact("transactions", "transactions at the peak", "/s", ...operations.map(({ id }) => work.transactionsOf(id))),
      commits: fact("commits", "transactions at the peak that write data", "/s", ...writing.map(({ id }) => work.transactionsOf(id))),
      rowsRead: fact("rows-read", "rows visited at the peak", "/s", ...operations.map(visited)),
      rowsWritten: fact("rows-written", "rows written at the peak", "/s", ...entities.map(({ id }) => work.writesTo(id))),
      logBytes: fact("log-bytes", "log written in a second at the peak", "bytes", ...entities.map(({ id }) => logged(id))),
      bytes: volume.contextBytesOf(context),
      hotBytes: fact("hot-bytes", "data that are read again and again", "bytes", ...entities.map(({ id }) => hotBytesOf(id))),
    };
  }

  function busy({ id }: Pick<Operation, "id">): Formula {
    return quotient(product(work.transactionsOf(id), work.databaseMsOf(id)), msPerSecond);
  }

  function busyOnAverage({ id }: Operation): Formula {
    const meanShare = least(one, quotient(load.meanOf(id), load.peakOf(id)));
    return product(busy({ id }), meanShare);
  }

  function busyIfLate(operation: Operation): Formula {
    return when(atMost(replicaLag, staleness(operation)), busy(operation), zero);
  }

  function visited({ id }: Operation): Formula {
    return product(load.peakOf(id), work.rowsReadOf(id));
  }

  function logged(entity: string): Formula {
    const bytesOfRow = sum(greatest(logRecord, volume.rowBytesOf(entity)), product(volume.indexesOf(entity), logOfIndex));
    return product(work.writesTo(entity), bytesOfRow);
  }
}

const isCommand = ({ kind, writes }: Operation): boolean => kind === "command" || writes.length > 0;
