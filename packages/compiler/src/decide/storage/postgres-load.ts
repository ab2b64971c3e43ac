import {
  constant,
  difference,
  greatest,
  named,
  one,
  product,
  quotient,
  sum,
  zero,
  type Formula,
  type Unit,
} from "../../formulas/formula.ts";
import type { ContextData } from "../../quantities/contexts.ts";
import { msPerSecond } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

/** What PostgreSQL is asked for, by all contexts together whose data it keeps. */
export interface PostgresLoad {
  /** Cores busy at the peak, after what a cache answers in its stead. */
  readonly readCores: Formula;
  readonly lateReadCores: Formula;
  readonly freshReadCores: Formula;
  readonly writeCores: Formula;
  /** All of these together, and what is busy of them on the average. */
  readonly peakCores: Formula;
  readonly meanCores: Formula;
  readonly transactions: Formula;
  readonly commits: Formula;
  readonly logBytes: Formula;
  readonly rowsRead: Formula;
  readonly bytes: Formula;
  /** Of these, what is asked for again and again. */
  readonly hotBytes: Formula;
}

const deliveryMs = constant(
  "database-delivery",
  "work of the database for a delivery from its queue",
  0.17,
  "ms",
  "measured",
  "reliability study 2.1: 11,700 deliveries a second on two cores, ten at a time",
);

export function postgresLoad({ model, quantities, decidedIfAny }: Brief): PostgresLoad {
  const relief = decidedIfAny("cache")?.figure("database-relief") ?? one;
  const broker = decidedIfAny("broker");
  const contexts = model.contexts.map(({ name }) => ({
    data: quantities.dataOf(name),
    kept: decidedIfAny("database-class", name)?.is("postgresql"),
  }));
  const total = (fact: keyof ContextData, id: string, words: string, unit: Unit): Formula =>
    named(`postgres.${id}`, words, unit, sum(...contexts.map(({ data, kept }) => (kept ? product(kept, data[fact]) : data[fact]))));
  const reads = total("readCores", "read-cores", "cores of PostgreSQL that reads would keep busy at the peak", "cores");
  const lateReads = total("lateReadCores", "late-read-cores", "cores of PostgreSQL for reads that may be late", "cores");
  const readCores = product(reads, relief);
  // Only answers that may be late are kept in a cache.
  const lateReadCores = greatest(zero, difference(lateReads, difference(reads, readCores)));
  const rowCores = total("writeCores", "write-cores", "cores of PostgreSQL that writes keep busy at the peak", "cores");
  const queueCores = quotient(product(quantities.load.deliveries, deliveryMs), msPerSecond);
  const writeCores = broker ? sum(rowCores, product(broker.is("postgres-outbox"), queueCores)) : rowCores;
  return {
    readCores,
    lateReadCores,
    freshReadCores: difference(readCores, lateReadCores),
    writeCores,
    peakCores: sum(readCores, writeCores),
    meanCores: total("meanCores", "mean-cores", "cores of PostgreSQL that are busy on the average", "cores"),
    transactions: total("transactions", "transactions", "transactions of PostgreSQL at the peak", "/s"),
    commits: total("commits", "commits", "transactions at the peak that write to PostgreSQL", "/s"),
    logBytes: total("logBytes", "log-bytes", "log that PostgreSQL writes in a second at the peak", "bytes"),
    rowsRead: product(total("rowsRead", "rows-read", "rows that PostgreSQL would visit at the peak", "/s"), relief),
    bytes: total("bytes", "bytes", "data that PostgreSQL keeps at the end of the horizon", "bytes"),
    hotBytes: total("hotBytes", "hot-bytes", "data of PostgreSQL that are read again and again", "bytes"),
  };
}
