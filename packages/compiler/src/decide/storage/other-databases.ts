import { ceiling, constant, exact, greatest, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import type { ContextData } from "../../quantities/contexts.ts";
import { bytesPerGigabyte, perMillion, secondsPerMonth } from "../../quantities/given.ts";
import type { BillLine, Brief } from "../rule.ts";
import { databaseUse } from "../database-core-price.ts";
import { growthUntilHorizon, onDisk, writeShareMax } from "./postgres-limits.ts";

/** What databases besides PostgreSQL cost that keep the data of one context. */

const documentWrites = constant(
  "database-class-document-writes",
  "documents that three copies of a document database write in a second",
  10_000,
  "/s",
  "general",
  "two processors each, acknowledged by two of three; to be measured",
  [3_000, 30_000],
);
const documentBytes = constant(
  "database-class-document-bytes",
  "bytes that a node of a document database keeps",
  2e12,
  "bytes",
  "general",
  "usual volume of a node",
  [1e12, 4e12],
);
const documentCopies = constant("database-class-copies", "copies of a document", 3, "count", "sourced", "MongoDB manual: replica sets");
const seriesWrites = constant(
  "database-class-series-writes",
  "rows that a node of a time series database takes in a second, in batches",
  200_000,
  "/s",
  "general",
  "four processors; usual claim of their makers, halved",
  [50_000, 500_000],
);
const seriesCores = constant(
  "database-class-series-cores",
  "processors of a node of a time series database",
  4,
  "cores",
  "general",
  "as its price is listed",
);
const seriesPacking = constant(
  "database-class-packing",
  "times that old rows of a time series shrink",
  10,
  "count",
  "general",
  "columns of like values; makers claim 10 to 20",
  [3, 20],
);

/** Copies of as many parts as the writes at the end of the horizon, or the bytes, ask for. */
export function documentNodes({ quantities, price }: Brief, { rowsWritten, bytes }: ContextData): BillLine {
  const writes = product(rowsWritten, growthUntilHorizon(quantities));
  const parts = greatest(one, ceiling(quotient(writes, product(documentWrites, writeShareMax))), ceiling(quotient(bytes, documentBytes)));
  return { component: "database", words: "nodes of a document database", cost: product(parts, documentCopies, price("document-node")) };
}

/** Calls are paid by the piece, at the average and not at the peak. */
export function keyValueCalls({ price }: Brief, data: ContextData): BillLine {
  const { rowsRead, rowsWritten, meanOverPeak } = data;
  const monthly = (perSecond: Formula): Formula => quotient(product(perSecond, meanOverPeak, secondsPerMonth), perMillion);
  const paid = product(monthly(rowsWritten), price("key-value-writes"));
  return {
    component: "database",
    words: "calls of a key-value service",
    cost: sum(paid, product(monthly(rowsRead), price("key-value-reads"))),
  };
}

export const keyValueStorage = ({ price }: Brief, { bytes }: ContextData): BillLine => ({
  component: "database",
  words: "data in a key-value service",
  cost: product(quotient(bytes, bytesPerGigabyte), price("key-value-storage")),
});

export function seriesNodes({ quantities, price }: Brief, { rowsWritten, readCores }: ContextData): BillLine {
  const growth = growthUntilHorizon(quantities);
  const writes = product(rowsWritten, growth);
  const parts = greatest(
    one,
    ceiling(quotient(writes, product(seriesWrites, writeShareMax))),
    ceiling(quotient(product(readCores, growth), product(seriesCores, databaseUse))),
  );
  return {
    component: "database",
    words: "two nodes for each part of a time series",
    cost: product(exact(2), parts, price("timeseries-node")),
  };
}

export const seriesStorage = ({ price }: Brief, { bytes }: ContextData): BillLine => ({
  component: "database",
  words: "packed rows of a time series, on two nodes",
  cost: product(exact(2), quotient(onDisk(bytes), product(seriesPacking, bytesPerGigabyte)), price("storage")),
});
