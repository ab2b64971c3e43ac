import type { Entity } from "@archwright/model";
import { constant, greatest, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { jsonGrowth } from "../../quantities/answers.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { listedRowsOf } from "./listed-rows.ts";

const catalogue = "catalogue of decisions, 39 (export)";
const pagedMax = constant(
  "export-paged-max",
  "rows that are read to their end page by page",
  10_000,
  "rows",
  "sourced",
  "catalogue of decisions, 38",
);
const streamedMax = constant("export-streamed-max", "rows that are sent in one answer", 50_000, "rows", "sourced", catalogue);
const streamedTime = constant("export-streamed-time", "time for which an answer may be under way", 10_000, "ms", "sourced", catalogue);
const rowsPerSecond = constant(
  "export-rows-speed",
  "rows that are read and written out in a second",
  20_000,
  "rows",
  "general",
  "a cursor and a serializer on one core; to be measured",
  [5_000, 100_000],
);
const bytesPerSecond = constant(
  "export-bytes-speed",
  "bytes that a client takes in a second",
  5e6,
  "bytes",
  "general",
  "40 Mbit/s",
  [1e6, 50e6],
);
const rowsOfPage = constant("export-page", "rows of the largest page", 100, "rows", "measured", "limit of our list routes");
const pageMs = constant(
  "export-page-time",
  "time for one page after another, there and back",
  60,
  "ms",
  "general",
  "a round trip over the internet",
  [20, 200],
);
const hoursFor = monthlyHours("export");
const streamHours = hoursFor("stream-hours", "an answer that is sent while it is read", 0.2, [0.05, 1]);
const jobHours = hoursFor("job-hours", "a job, its file, and telling who asked for it", 0.6, [0.2, 3]);

/** Catalogue of decisions, 39: of each entity whose lists staff or partners may want as a whole. */
export const dataExport: DecisionRule = {
  id: "export",
  area: "storage",
  question: "How does somebody get all rows of a list?",
  evidence: "sourced",
  sources: [catalogue],
  climbsWith: [".rows", ".growth"],
  propose: (brief) => {
    const listedOf = listedRowsOf(brief);
    const hasPartners = brief.model.requirements.clients.includes("partner");
    return brief.model.entities.flatMap((entity) => {
      const { isListed, isWhole, longest } = listedOf(entity);
      if (!isListed || !(isWhole || hasPartners) || !grows(brief, entity)) return [];
      return [
        { about: entity.id, question: `How does somebody get all rows of ${entity.name}?`, options: optionsOf(brief, entity, longest) },
      ];
    });
  },
};

/** What nobody adds to while the system runs, and of which the model states no number, is read like a page. */
function grows({ facts }: Brief, { id, expected, access }: Entity): boolean {
  const { creators, opaqueWriters } = facts.useOf(id);
  return expected !== undefined || creators.length + opaqueWriters.length > 0 || access.some(({ can }) => can.includes("create"));
}

function optionsOf({ quantities }: Brief, { id, name }: Entity, rows: Formula): readonly OptionRule[] {
  const bytes = product(rows, quantities.volume.rowBytesOf(id), jsonGrowth);
  const sentMs = product(greatest(quotient(rows, rowsPerSecond), quotient(bytes, bytesPerSecond)), msPerSecond);
  return [
    {
      id: "none",
      title: "no export but pages",
      needs: [needAtMost(rows, pagedMax, `a program would ask for hundreds of pages of ${name}, and see rows move in between`)],
      ...exported(product(quotient(rows, rowsOfPage), pageMs), bytes, zero),
      because: `The longest list of ${name} is a few dozen pages, and whoever wants it has it already.`,
      consequence: `Rows of ${name} that change between two pages are seen as they were, and as they are.`,
    },
    {
      id: "stream",
      title: "a streamed answer",
      needs: [
        needAtMost(rows, streamedMax, `a transaction that reads so much of ${name} keeps vacuum from its work`),
        needAtMost(sentMs, streamedTime, "an answer that takes so long is cut off by some gateway, and begins anew"),
      ],
      ...exported(sentMs, bytes, streamHours),
      because: `All of ${name} leaves in one answer that shows one moment, without ever lying in memory as a whole.`,
      consequence: "A slow client holds a connection of the database until it has the last row.",
    },
    {
      id: "async-job",
      title: "a job that writes a file",
      ...exported(sentMs, bytes, jobHours),
      because: `However many rows of ${name} there will be, nobody waits for them with a connection open.`,
      consequence: "Files with people's data have to be kept from others, and removed again.",
    },
  ];
}

const exported = (time: Formula, bytes: Formula, hours: Formula): Pick<OptionRule, "hoursPerMonth" | "figures"> => ({
  hoursPerMonth: hours,
  figures: [
    { id: "time", words: "time until the last row is there", unit: "ms", formula: time },
    { id: "bytes", words: "bytes of all rows", unit: "bytes", formula: bytes },
  ],
});
