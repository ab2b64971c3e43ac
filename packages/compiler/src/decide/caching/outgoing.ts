import type { Entity, Field, FieldOf, Operation } from "@archwright/model";
import { constant, exact, named, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, bytesPerGigabyte, secondsPerMonth } from "../../quantities/given.ts";
import { pageRows } from "../../quantities/answers.ts";
import type { Brief } from "../rule.ts";
import { staleQueries } from "./cached-reads.ts";

/** What goes out to the internet in a month. */
export interface Outgoing {
  readonly hasFiles: boolean;
  /** Queries that anyone may ask, and whose answers may be a little old. */
  readonly publicQueries: readonly Operation[];
  readonly fileGigabytes: Formula;
  readonly publicGigabytes: Formula;
  /** All answers, public ones included, without files. */
  readonly answerGigabytes: Formula;
  readonly filesPerSecond: Formula;
  readonly publicPerSecond: Formula;
}

const freshShare = constant(
  "cdn-fresh-share",
  "share of the files named in an answer that are fetched",
  0.2,
  "share",
  "general",
  "the others have been seen before, or are not scrolled to; to be measured by a log of downloads",
  [0.02, 1],
);

interface FileOfEntity {
  readonly entity: Entity;
  readonly field: FieldOf<"file">;
}

export function outgoingOf(brief: Brief): Outgoing {
  const { model, quantities } = brief;
  const { load, work } = quantities;
  const files = model.entities.flatMap((entity) =>
    entity.fields.flatMap((field): readonly FileOfEntity[] => (isFile(field) ? [{ entity, field }] : [])),
  );
  const publicQueries = staleQueries(brief).filter(({ allow }) => allow.kind === "anyone");
  const gigabytes = (bytesPerSecond: Formula): Formula => quotient(product(bytesPerSecond, secondsPerMonth), bytesPerGigabyte);
  const fetched = files.map((file) => ({ rate: fetchesOf(file, brief), bytes: bytesOf(file) }));
  return {
    hasFiles: files.length > 0,
    publicQueries,
    fileGigabytes: named(
      "egress.files",
      "GB of files that go out in a month",
      "count",
      gigabytes(sum(...fetched.map(({ rate, bytes }) => product(rate, bytes)))),
    ),
    publicGigabytes: named(
      "egress.public",
      "GB of public answers that go out in a month",
      "count",
      gigabytes(sum(...publicQueries.map(({ id }) => product(load.meanOf(id), work.responseBytesOf(id))))),
    ),
    answerGigabytes: quotient(work.egressBytes, bytesPerGigabyte),
    filesPerSecond:
      files.length === 0
        ? zero
        : named("egress.file-fetches", "files fetched, on the average", "/s", sum(...fetched.map(({ rate }) => rate))),
    publicPerSecond: sum(...publicQueries.map(({ id }) => load.meanOf(id))),
  };
}

const isFile = (field: Field): field is FieldOf<"file"> => field.kind === "file";

/** Whoever reads a row shows its files; a page shows those of all its rows. */
function fetchesOf({ entity }: FileOfEntity, { facts, quantities: { load } }: Brief): Formula {
  const readers = facts.useOf(entity.id).readers.flatMap((id) => facts.items.operations.get(id) ?? []);
  return product(
    freshShare,
    sum(...readers.map((reader) => product(load.meanOf(reader.id), isPageOf(reader, entity) ? pageRows : exact(1)))),
  );
}

function isPageOf({ returns }: Operation, { id }: Entity): boolean {
  return returns.kind === "field" && returns.field.kind === "page" && returns.field.entity === id;
}

/** Pictures are handed out as small as they are shown; other files as they are. */
function bytesOf({ entity, field: { name, maxBytes, types } }: FileOfEntity): Formula {
  const isPicture = types.some((type) => type.startsWith("image/"));
  const usual = isPicture ? Math.min(maxBytes / 10, shownPicture) : maxBytes / 10;
  return assumed({
    id: `${entity.id}.${name}.file-bytes`,
    words: `bytes of a usual ${name} of ${entity.name}`,
    unit: "bytes",
    value: usual,
    range: [usual / 10, maxBytes],
    ask: `How large is the ${name} of a usual ${entity.name} as it is shown?`,
    because: `the model says only how large it may be at most`,
  });
}

const shownPicture = 150_000;
