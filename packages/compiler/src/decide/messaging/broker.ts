import { exact, one, product, quotient, sum, when, type Formula } from "../../formulas/formula.ts";
import { perMillion, secondsPerMonth, whether } from "../../quantities/given.ts";
import { counted as countedNoun } from "../../lint/phrases.ts";
import { needAtMost, type BillLine, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import * as limit from "./broker-limits.ts";
import { bytesNeed, noReplay, queueNeeds, sqsNeeds } from "./broker-needs.ts";

/** Catalogue of decisions, 31. An outbox stands before each of them, so that no request waits for the broker or fails with it. */
export const broker: DecisionRule = {
  id: "broker",
  area: "messaging",
  question: "What carries the events?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 31 (broker class)",
    "Jepsen on NATS 2.12.1: acknowledged writes are lost unless every write is synced",
    "AWS, SQS message quotas: limits of queues that keep order",
  ],
  propose: (brief) => (brief.model.events.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, price } = brief;
  const { deliveries } = brief.quantities.load;
  const rate = model.events.length === 1 ? "its one kind of event" : countedNoun(model.events.length, "kind") + " of events";
  const knowsKafka = whether("skills.kafka", "somebody of the team knows Kafka", model.requirements.skills.includes("kafka"), model.name);
  const nodes = (id: "rabbitmq-node" | "nats-node" | "kafka-node"): Formula => product(price(id), exact(3));
  return [
    optionOf({
      id: "postgres-outbox",
      title: "an outbox and a queue in PostgreSQL",
      needs: queueNeeds(brief),
      hours: limit.queueHours,
      delivery: { ms: limit.queueMs, availability: one, most: product(limit.queueCeiling, limit.queueShare) },
      because: `${model.name} has ${rate}, and what is committed with a change is delivered without a second system.`,
      consequence: "Deliveries compete with requests for the database, and old ones have to be cleared away.",
    }),
    optionOf({
      id: "sqs",
      title: "the queue service of the cloud",
      needs: sqsNeeds(brief),
      bill: [{ component: "broker", words: "calls of the queue service", cost: sqsCost(brief) }],
      hours: limit.sqsHours,
      delivery: { ms: limit.sqsMs, availability: limit.managedAvailability, most: limit.fifoCeiling },
      because: "Nobody runs it, and it grows by itself.",
      consequence: "Order holds within a group only, an outbox is needed all the same, and the bill grows with every message.",
    }),
    optionOf({
      id: "rabbitmq",
      title: "RabbitMQ, three nodes",
      needs: [needAtMost(deliveries, limit.rabbitCeiling, "one queue is one thread"), bytesNeed(brief), noReplay(brief)],
      bill: [{ component: "broker", words: "three nodes of RabbitMQ", cost: nodes("rabbitmq-node") }],
      hours: limit.rabbitHours,
      delivery: { ms: limit.rabbitMs, availability: limit.managedAvailability, most: limit.rabbitCeiling },
      because: "It routes by content and knows priorities.",
      consequence: "A second system with state has to be patched, watched and restored.",
    }),
    optionOf({
      id: "nats-jetstream",
      title: "NATS JetStream, three nodes that sync every write",
      needs: [needAtMost(deliveries, limit.natsCeiling, "with every write synced the disk sets the pace"), bytesNeed(brief)],
      bill: [{ component: "broker", words: "three nodes of NATS", cost: nodes("nats-node") }],
      hours: limit.natsHours,
      delivery: { ms: limit.natsMs, availability: limit.ownAvailability, most: limit.natsCeiling },
      because: "It is light, soon heard, and keeps what was said for those who come later.",
      consequence: "Its default loses acknowledged messages when power fails: sync_interval must be always.",
    }),
    optionOf({
      id: "kafka",
      title: "Kafka, three managed nodes",
      needs: [needAtMost(deliveries, limit.kafkaCeiling, "beyond that three nodes do not suffice")],
      bill: [{ component: "broker", words: "three nodes of Kafka", cost: nodes("kafka-node") }],
      hours: when(knowsKafka, limit.kafkaHours, limit.kafkaHoursNew),
      delivery: { ms: limit.kafkaMs, availability: limit.managedAvailability, most: limit.kafkaCeiling },
      because: "It keeps what was said, so that a new consumer can read it again.",
      consequence: "Partitions fix how many can consume at once, and a key that is too popular makes one of them hot.",
    }),
  ];
}

interface Offer extends Pick<OptionRule, "id" | "title" | "because" | "consequence"> {
  readonly needs: readonly Need[];
  readonly bill?: readonly BillLine[];
  readonly hours: Formula;
  readonly delivery: { readonly ms: Formula; readonly availability: Formula; readonly most: Formula };
}

function optionOf({ hours, delivery, bill = [], ...option }: Offer): OptionRule {
  return {
    ...option,
    bill,
    hoursPerMonth: hours,
    figures: [
      { id: "delivery-ms", words: "time from sending to receiving", unit: "ms", formula: delivery.ms },
      {
        id: "delivery-availability",
        words: "share of time in which events are delivered at once",
        unit: "share",
        formula: delivery.availability,
      },
      { id: "deliveries-max", words: "deliveries that it does in a second, in order", unit: "/s", formula: delivery.most },
    ],
  };
}

function sqsCost({ model, quantities: { load }, price }: Brief): Formula {
  const perMonth = product(sum(...model.events.map(({ id }) => product(load.eventMeanOf(id), load.followersOf(id)))), secondsPerMonth);
  return product(quotient(product(perMonth, limit.callsPerMessage), product(limit.batch, perMillion)), price("queue-requests"));
}
