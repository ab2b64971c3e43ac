import { call, constant, exact, greatest, named, not, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { mostPopularShare } from "../../formulas/cache-laws.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { popularity } from "../caching/cached-reads.ts";
import { needAtLeast, needThat, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { eventsWithReactions, followUpMs, keysOf } from "./reacting.ts";
import { useMax } from "../use-max.ts";

const partitionBytes = constant(
  "partition-bytes",
  "bytes in a second that one partition takes",
  10e6,
  "bytes",
  "general",
  "catalogue of decisions, 32: default to be measured",
  [5e6, 50e6],
);

const counts = [1, 3, 6, 12, 24, 48, 96, 192, 384, 768] as const;

/** Catalogue of decisions, 32. */
export const partitions: DecisionRule = {
  id: "partitions",
  area: "messaging",
  question: "Into how many partitions is a topic of Kafka split?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 32 (the greater of T/p and T/c; more consumers than partitions stand idle)"],
  propose: (brief) => (eventsWithReactions(brief.facts).length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const isKafka = brief.decided("broker").is("kafka");
  const { busy, bytes, hottest } = busiest(brief);
  const name = brief.model.name;
  return [
    {
      id: "none",
      title: "no topic to split",
      needs: [needThat(not(isKafka), "a topic of Kafka has one at least")],
      figures: figures(zero, brief),
      score: zero,
      because: `The broker of ${name} splits nothing.`,
      consequence: "The number has to be chosen when Kafka comes, and is hard to change afterwards.",
    },
    ...counts.map((count) => ({
      id: `${count}-partitions`,
      title: count === 1 ? "one partition" : `${count} partitions`,
      needs: [
        needThat(isKafka, "only Kafka splits its topics"),
        needAtLeast(product(exact(count), useMax), busy, "one consumer reads a partition, and the reactions keep more of them busy"),
        needAtLeast(product(exact(count), partitionBytes), bytes, "a partition takes no more bytes than that"),
      ],
      figures: figures(exact(count), brief),
      score: exact(count),
      because: `The busiest event of ${name} keeps so many consumers busy, each of which reads a partition of its own.`,
      consequence: "Adding partitions later sends a key to another one, and breaks the order of what is under way.",
    })),
  ];

  function figures(count: Formula, of: Brief): OptionRule["figures"] & {} {
    return [
      { id: "partitions", words: "partitions of a topic", unit: "count", formula: count },
      { id: "consumers-max", words: "consumers that can work at once", unit: "count", formula: count },
      { id: "hottest-use", words: "how busy the most popular key alone keeps its consumer", unit: "share", formula: hottest },
      {
        id: "open-files",
        words: "files that it keeps open on each of three nodes",
        unit: "count",
        formula: product(count, exact(of.model.events.length), filesOfPartition),
      },
    ];
  }
}

const filesOfPartition = constant(
  "partition-files",
  "files of a partition: log, two indexes, timestamps",
  4,
  "count",
  "general",
  "segments of Kafka",
);

/** By the event whose reactions keep most consumers busy. */
function busiest(brief: Brief): { readonly busy: Formula; readonly bytes: Formula; readonly hottest: Formula } {
  const { load, volume } = brief.quantities;
  const events = eventsWithReactions(brief.facts);
  const use = events.map((event) => ({
    busy: quotient(product(load.eventPeakOf(event.id), followUpMs(event, brief)), msPerSecond),
    bytes: product(load.eventPeakOf(event.id), volume.eventBytesOf(event.id)),
    share: call(mostPopularShare, keysOf(event, brief), popularity),
  }));
  return {
    busy: named(
      "partitions.busy",
      "consumers that the busiest kind of event keeps busy",
      "count",
      greatest(zero, ...use.map(({ busy }) => busy)),
    ),
    bytes: named(
      "partitions.bytes",
      "bytes in a second of the largest kind of event",
      "bytes",
      greatest(zero, ...use.map(({ bytes }) => bytes)),
    ),
    hottest: greatest(zero, ...use.map(({ busy, share }) => product(busy, share))),
  };
}
