import type { Operation } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { difference, named, product, quotient, sum, zero, type Formula } from "../formulas/formula.ts";
import { answerFormulas, type AnswerFormulas } from "./answers.ts";
import { formulaOf, msPerSecond } from "./given.ts";
import type { LoadFormulas } from "./load.ts";
import { runFormulas, type RunFormulas } from "./run.ts";
import { furtherRowsOf, timesOf, type FurtherRows } from "./statements.ts";

/** What the load costs the processors of the server and of the database. */
export interface WorkFormulas extends RunFormulas, AnswerFormulas, RowRates {
  /** Runs of an operation in transactions of their own, at the peak. */
  readonly transactionsOf: (operation: string) => Formula;
  /** Processors that are busy at the peak. */
  readonly databaseCores: Formula;
  readonly databaseReadCores: Formula;
  readonly databaseWriteCores: Formula;
  readonly applicationCores: Formula;
  readonly applicationCoresOf: (context: string) => Formula;
  /** Transactions with a write, at the peak. */
  readonly commits: Formula;
}

/** How often rows are asked for and written, a second at the peak. */
interface RowRates {
  readonly writes: Formula;
  readonly writesTo: (entity: string) => Formula;
  readonly readsOf: (entity: string) => Formula;
}

export function workFormulas(facts: Facts, load: LoadFormulas, rowBytesOf: (entity: string) => Formula): WorkFormulas {
  const furtherRows = furtherRowsOf(facts, load);
  const run = runFormulas(facts, furtherRows);
  /** Of the runs in a transaction of their own: what runs inside another's is counted with it. */
  const ownPeakOf = formulaOf((id) => {
    const inside = facts.calls.callersOf(id).filter((caller) => caller.inside);
    return inside.length === 0 ? load.peakOf(id) : difference(load.peakOf(id), sum(...inside.map((caller) => load.peakOf(caller.id))));
  }, zero);
  const ran = facts.model.operations.filter(({ id }) => !isOnlyInside(facts, id));
  const busy = (operations: readonly Operation[], msOf: (id: string) => Formula): Formula =>
    quotient(sum(...operations.map(({ id }) => product(ownPeakOf(id), msOf(id)))), msPerSecond);
  const cores = (id: string, words: string, ...parts: readonly Formula[]): Formula => named(id, words, "cores", sum(...parts));
  const writing = ran.filter(({ writes, kind }) => kind === "command" || writes.length > 0);
  const reading = ran.filter((operation) => !writing.includes(operation));
  const databaseReadCores = cores("database.read-cores", "cores that reading keeps busy at the peak", busy(reading, run.databaseMsOf));
  const databaseWriteCores = cores("database.write-cores", "cores that writing keeps busy at the peak", busy(writing, run.databaseMsOf));
  return {
    ...run,
    ...answerFormulas(facts, load, rowBytesOf),
    ...rowRates(facts, load, furtherRows),
    transactionsOf: (id) => (isOnlyInside(facts, id) ? zero : ownPeakOf(id)),
    databaseReadCores,
    databaseWriteCores,
    databaseCores: cores("database.cores", "cores of the database that are busy at the peak", databaseReadCores, databaseWriteCores),
    applicationCores: cores("application.cores", "cores of the application that are busy at the peak", busy(ran, run.applicationMsOf)),
    applicationCoresOf: formulaOf((context) => {
      const own = ran.filter((operation) => operation.context === context);
      return cores(`${context}.application-cores`, `cores that ${context} keeps busy at the peak`, busy(own, run.applicationMsOf));
    }, zero),
    commits: named("database.commits", "transactions that write, at the peak", "/s", sum(...writing.map(({ id }) => ownPeakOf(id)))),
  };
}

function rowRates(facts: Facts, load: LoadFormulas, furtherRows: FurtherRows): RowRates {
  const { model, items, useOf } = facts;
  const times = timesOf(facts);
  const nameOf = (entity: string): string => items.entities.get(entity)?.name ?? entity;
  const writesTo = formulaOf((entity) => {
    const writers = useOf(entity).writers.filter((id) => items.operations.has(id));
    const rates = writers.map((id) => product(load.peakOf(id), sum(times(id, entity), furtherRows(id, entity) ?? zero)));
    return named(`${entity}.writes`, `rows of ${nameOf(entity)} written at the peak`, "/s", sum(...rates));
  }, zero);
  return {
    writes: named("database.writes", "rows written at the peak", "/s", sum(...model.entities.map(({ id }) => writesTo(id)))),
    writesTo,
    readsOf: formulaOf((entity) => {
      const readers = useOf(entity).readers.filter((id) => items.operations.has(id));
      return named(`${entity}.reads`, `reads of ${nameOf(entity)} at the peak`, "/s", sum(...readers.map((id) => load.peakOf(id))));
    }, zero),
  };
}

function isOnlyInside({ calls, events, items }: Facts, id: string): boolean {
  const callers = calls.callersOf(id);
  const isAsked = items.operations.get(id)?.allow.kind !== "system" || events.reactionsBy(id).length > 0;
  return !isAsked && callers.length > 0 && callers.every(({ inside }) => inside);
}
