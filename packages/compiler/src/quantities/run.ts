import type { Facts } from "../facts/facts.ts";
import { constant, named, product, sum, zero, type Formula } from "../formulas/formula.ts";
import { pageRows } from "./answers.ts";
import { formulaOf } from "./given.ts";
import { statementsOf, type FurtherRows } from "./statements.ts";

/** What one run of an operation takes, with what runs inside its transaction. */
export interface RunFormulas {
  /** Work of the database. */
  readonly databaseMsOf: (operation: string) => Formula;
  /** Rows that the database visits, without what runs inside. */
  readonly rowsReadOf: (operation: string) => Formula;
  /** Work of the application. */
  readonly applicationMsOf: (operation: string) => Formula;
}

const study = "reliability study 2.1, PostgreSQL 15 on two cores";
export const pointReadMs = constant(
  "point-read",
  "work of the database for a read of one row",
  0.034,
  "ms",
  "measured",
  `${study}: 59,400 reads/s`,
);
export const pageReadMs = constant(
  "page-read",
  "work of the database for a page of 20 rows",
  0.3,
  "ms",
  "general",
  "ten times a point read; to be measured",
  [0.1, 3],
);
export const rowWriteMs = constant(
  "row-write",
  "work of the database for a row that is written in a transaction",
  0.12,
  "ms",
  "measured",
  `${study}: 8,100 orders of 2 rows a second`,
);
export const bulkRowMs = constant(
  "bulk-row",
  "work of the database for a row that is written together with many",
  0.0128,
  "ms",
  "measured",
  "reliability study 2.1: 156,000 rows a second with two indexes, on two cores",
);
const transactionMs = constant(
  "transaction",
  "work of the database for a transaction that writes",
  0.25,
  "ms",
  "measured",
  `${study}: idempotency and outbox take 3,550 orders/s`,
);
export const requestMs = constant(
  "request",
  "work of the application for a request with every protection on",
  0.45,
  "ms",
  "measured",
  "bench/throughput: point read of the shop on one core",
  [0.2, 2],
);
const innerRunMs = constant(
  "inner-run",
  "work of the application for a run that the system itself starts: no sign-in, no limits, no answer to be written",
  0.2,
  "ms",
  "general",
  "a claim, a check of the input and its share of a batch; to be measured",
  [0.05, 0.45],
);
const statementMs = constant(
  "statement",
  "work of the application for a statement",
  0.1,
  "ms",
  "general",
  "driver and serializer; to be measured",
  [0.03, 0.5],
);

export function runFormulas(facts: Facts, furtherRows: FurtherRows): RunFormulas {
  const { items } = facts;
  const countsOf = statementsOf(facts);
  const insideOf = (id: string): readonly string[] => items.operations.get(id)?.atomic ?? [];
  const nameOf = (id: string): string => items.operations.get(id)?.name ?? id;
  const statementsMsOf = formulaOf((id) => {
    const { reads, pages, writes } = countsOf(id);
    const further = (items.operations.get(id)?.writes ?? []).flatMap((entity) => furtherRows(id, entity) ?? []);
    const bulk = further.length === 0 ? [] : [product(sum(...further), bulkRowMs)];
    const own = sum(product(reads, pointReadMs), product(pages, pageReadMs), product(writes, rowWriteMs), ...bulk);
    return sum(own, ...insideOf(id).map(statementsMsOf));
  }, zero);
  const statementCountOf = formulaOf((id) => {
    const { reads, pages, writes } = countsOf(id);
    return sum(reads, pages, writes, ...insideOf(id).map(statementCountOf));
  }, zero);
  return {
    databaseMsOf: formulaOf((id) => {
      const work = isWriting(facts, id) ? sum(statementsMsOf(id), transactionMs) : statementsMsOf(id);
      return named(`${id}.database`, `work of the database for ${nameOf(id)}`, "ms", work);
    }, zero),
    applicationMsOf: formulaOf((id) => {
      const around = items.operations.get(id)?.allow.kind === "system" ? innerRunMs : requestMs;
      const words = `work of the application for ${nameOf(id)}`;
      return named(`${id}.application`, words, "ms", sum(around, product(statementCountOf(id), statementMs)));
    }, zero),
    rowsReadOf: formulaOf((id) => {
      const { reads, pages, writes } = countsOf(id);
      return named(`${id}.rows-read`, `rows that a run of ${nameOf(id)} visits`, "rows", sum(reads, writes, product(pages, pageRows)));
    }, zero),
  };
}

/** Whether a run of it, or of what it runs inside its transaction, writes a row or an event. */
function isWriting({ items }: Pick<Facts, "items">, id: string, seen: ReadonlySet<string> = new Set()): boolean {
  const operation = items.operations.get(id);
  if (!operation || seen.has(id)) return false;
  const within = new Set([...seen, id]);
  return operation.writes.length + operation.emits.length > 0 || operation.atomic.some((inner) => isWriting({ items }, inner, within));
}
