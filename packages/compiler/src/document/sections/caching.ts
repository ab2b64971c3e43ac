import type { Decision } from "@archwright/model";
import { code, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { comparison, tippingPoint, verdictOf } from "../subject/comparison.ts";
import { amount, chosenOption, decisionOn, decisionsBy, factTold, figureOf, toRecord } from "../subject/decided.ts";
import { paragraph, prose, subheading, table, under, type Row } from "../subject/prose.ts";

export const caching: Section = {
  id: "caching",
  title: "Caching",
  tell: (subject) => {
    const { design } = subject;
    const [cache, size, cdn] = [decisionOn(design, "cache"), decisionOn(design, "cache-size"), decisionOn(design, "cdn")];
    const sizeTold = cache?.chosen === "none" ? undefined : size;
    return [
      ...(cache ? [summary(subject, cache), ...comparison(cache, design)] : []),
      ...(sizeTold ? [subheading("How much it holds"), paragraph(verdictOf(sizeTold)), ...comparison(sizeTold, design)] : []),
      ...under("Query by query", queries(subject), "caching-queries"),
      ...(cdn ? [subheading("At the edge"), paragraph(verdictOf(cdn)), ...comparison(cdn, design)] : []),
    ];
  },
};

function summary({ model, design }: Subject, cache: Decision): Block {
  const hits = figureOf(cache, "hit-share");
  const allowed = model.operations.filter(({ kind, staleMs }) => kind === "query" && staleMs !== undefined);
  const tipping = tippingPoint(cache, design);
  return paragraph(
    allowed.length === 0
      ? `No query of ${model.name} says that its answer may be old. `
      : `${allowed.length === 1 ? "One query" : `${allowed.length} queries`} of ${model.name} may answer with what is a little old. `,
    "The choice is ",
    toRecord(cache),
    ": ",
    chosenOption(cache).because,
    hits && hits.value > 0 && ` It answers ${amount(hits, design)} of what may be cached.`,
    " ",
    chosenOption(cache).consequence,
    tipping && prose(" What would change it: ", tipping, "."),
  );
}

function queries({ model, design }: Subject): readonly Block[] {
  const rows = decisionsBy(design, "cache-expiry").map((decision): Row => {
    const about = decision.about ?? "";
    const [hits, jitter] = [figureOf(decision, "hit-share"), figureOf(decision, "jitter")];
    const operation = model.operations.find(({ id }) => id === about);
    const reads = decisionOn(design, "consistency-of-reads", about);
    return [
      code(about),
      factTold(design, `${about}.peak.all`),
      operation?.staleMs !== undefined && amount({ value: operation.staleMs, unit: "ms" }, design),
      prose(toRecord(decision), jitter && jitter.value > 0 && `, ±${amount(jitter, design)}`),
      hits && amount(hits, design),
      reads && toRecord(reads),
      chosenOption(decision).because,
    ];
  });
  return table(["Query", "At the peak", "May be old by", "Kept", "Answered by the cache", "Otherwise by", "Because"], rows, [1, 2, 4]);
}
