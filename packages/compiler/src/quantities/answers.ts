import type { Facts } from "../facts/facts.ts";
import { constant, named, product, sum, zero, type Formula } from "../formulas/formula.ts";
import { counted, formulaOf, secondsPerMonth } from "./given.ts";
import type { LoadFormulas } from "./load.ts";

/** How much is sent. */
export interface AnswerFormulas {
  /** Of one answer. */
  readonly responseBytesOf: (operation: string) => Formula;
  /** Bytes that go out in a month. */
  readonly egressBytes: Formula;
}

export const jsonGrowth = constant(
  "json-growth",
  "bytes of JSON for a byte of a row",
  2.5,
  "count",
  "general",
  "names and quotes",
  [1.5, 5],
);
export const pageRows = constant("page-rows", "rows of a page", 20, "count", "measured", "default limit of our list routes");

export function answerFormulas(facts: Facts, load: LoadFormulas, rowBytesOf: (entity: string) => Formula): AnswerFormulas {
  const responseBytesOf = formulaOf((id) => responseBytes(facts, id, rowBytesOf), zero);
  const outside = facts.model.operations.filter(({ allow }) => allow.kind !== "system");
  const perSecond = sum(...outside.map(({ id }) => product(load.meanOf(id), responseBytesOf(id))));
  return {
    responseBytesOf,
    egressBytes: named("egress.bytes", "bytes that go out in a month", "bytes", product(perSecond, secondsPerMonth)),
  };
}

function responseBytes({ items: known }: Facts, id: string, rowBytesOf: (entity: string) => Formula): Formula {
  const returns = known.operations.get(id)?.returns;
  const words = `bytes of an answer of ${known.operations.get(id)?.name ?? id}`;
  if (returns?.kind === "entity") return named(`${id}.response`, words, "bytes", product(rowBytesOf(returns.entity), jsonGrowth));
  if (returns?.kind === "field" && returns.field.kind === "page")
    return named(`${id}.response`, words, "bytes", product(rowBytesOf(returns.field.entity), pageRows, jsonGrowth));
  if (returns?.kind !== "record") return counted(`${id}.response`, words, 40, id, "bytes");
  const own = counted(`${id}.answer`, `${words} without its lists`, bytesOfAnswer * returns.fields.length, id, "bytes");
  const items = returns.fields.flatMap((field) => (field.kind === "list" ? field.fields : []));
  if (items.length === 0) return named(`${id}.response`, words, "bytes", own);
  const item = counted(`${id}.answer-item`, `bytes of what its lists have for each row`, bytesOfAnswer * items.length, id, "bytes");
  return named(`${id}.response`, words, "bytes", sum(own, product(pageRows, item)));
}

/** Of a field in JSON, its name included. */
const bytesOfAnswer = 60;
