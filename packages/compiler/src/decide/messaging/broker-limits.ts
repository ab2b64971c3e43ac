import { constant } from "../../formulas/formula.ts";

/** What each broker can do, and what it takes of people's time. Sizes of the offers: three nodes where there are nodes. */

const study = "reliability study 2.1";
const catalogue = "catalogue of decisions, 31";
const calibrate = "to be calibrated by what one spends";

export const queueCeiling = constant(
  "queue-ceiling",
  "deliveries that a queue in PostgreSQL does in a second, ten at a time",
  11_700,
  "/s",
  "measured",
  `${study}: SKIP LOCKED, batch 10, 4 workers`,
);
export const queueShare = constant("queue-share", "share of that ceiling that a queue may use", 0.3, "share", "sourced", catalogue);
export const followersMax = constant(
  "followers-max",
  "reactions to one event that a queue in PostgreSQL bears",
  5,
  "count",
  "sourced",
  catalogue,
);
export const queueReplayDays = constant(
  "queue-replay-days",
  "days of events that a table beside the requests can keep for readers",
  7,
  "days",
  "sourced",
  `${catalogue}: no replay for longer`,
);
export const rabbitCeiling = constant(
  "rabbitmq-ceiling",
  "messages of one queue of RabbitMQ in a second",
  20_000,
  "/s",
  "sourced",
  catalogue,
);
export const natsCeiling = constant(
  "nats-ceiling",
  "durable messages of NATS JetStream in a second, with every write synced",
  30_000,
  "/s",
  "general",
  "some 200,000/s unsynced, of which syncing leaves a fifth to a tenth; to be measured",
  [5_000, 60_000],
);
export const kafkaCeiling = constant(
  "kafka-ceiling",
  "messages of 1 KB of three nodes of Kafka in a second",
  600_000,
  "/s",
  "sourced",
  "Confluent benchmark: 605 MB/s",
);
export const bytesCeiling = constant(
  "broker-bytes",
  "bytes in a second beyond which only a log of its own keeps up",
  20e6,
  "bytes",
  "sourced",
  `${catalogue}; RabbitMQ mirrored does 38 MB/s`,
);
export const fifoCeiling = constant(
  "sqs-fifo-ceiling",
  "messages in a second of a queue of SQS with order, in its fast mode",
  19_000,
  "/s",
  "sourced",
  "AWS, SQS message quotas: 19,000 calls a second in Frankfurt and Ohio, 70,000 in Ireland and N. Virginia",
  [2_400, 70_000],
);
export const lineCeiling = constant(
  "sqs-line-ceiling",
  "messages in a second of one line of SQS, ten with a call",
  3_000,
  "/s",
  "sourced",
  "AWS, SQS message quotas: 300 calls a second, each with ten messages",
);
export const sqsMessageBytes = constant(
  "sqs-message-bytes",
  "bytes of the largest message of SQS",
  1_048_576,
  "bytes",
  "general",
  "AWS, SQS message quotas since August 2025; 262,144 before",
);
export const batch = constant(
  "queue-batch",
  "messages taken with one call of a queue service",
  10,
  "count",
  "sourced",
  "reliability study 2.3",
);
export const callsPerMessage = constant(
  "queue-calls",
  "calls of a queue service for a message: send, receive, delete",
  3,
  "count",
  "sourced",
  "reliability study 2.3",
);

export const queueMs = constant(
  "queue-ms",
  "p99 from commit to reaction by way of a queue in PostgreSQL",
  11.4,
  "ms",
  "sourced",
  "dev.to, pgmq against RabbitMQ: one blog",
);
export const sqsMs = constant(
  "sqs-ms",
  "time from sending to receiving with SQS",
  60,
  "ms",
  "sourced",
  `${catalogue}: 20 to 100 ms`,
  [20, 100],
);
export const rabbitMs = constant(
  "rabbitmq-ms",
  "p99 of a message of RabbitMQ",
  4.9,
  "ms",
  "sourced",
  "dev.to, pgmq against RabbitMQ: one blog",
);
export const natsMs = constant(
  "nats-ms",
  "p99 of a message of NATS JetStream, synced",
  2,
  "ms",
  "general",
  "a sync of a fast disk and two hops; to be measured",
  [1, 20],
);
export const kafkaMs = constant(
  "kafka-ms",
  "p99 of a message of Kafka at 200 MB/s",
  5,
  "ms",
  "sourced",
  "Confluent benchmark, by the vendor",
);

export const managedAvailability = constant(
  "broker-managed",
  "availability of a managed broker in more than one zone",
  0.999,
  "share",
  "general",
  "what providers promise: SQS, Amazon MQ, MSK",
);
export const ownAvailability = constant(
  "broker-own",
  "availability of three nodes that one runs oneself",
  0.9995,
  "share",
  "general",
  "one of three may fail; upgrades and mistakes remain",
  [0.99, 0.9999],
);

export const queueHours = constant("queue-hours", "upkeep of a queue in PostgreSQL", 0.5, "hours", "general", calibrate);
export const sqsHours = constant("sqs-hours", "upkeep of queues of a service", 1, "hours", "general", calibrate);
export const rabbitHours = constant("rabbitmq-hours", "upkeep of three managed nodes of RabbitMQ", 6, "hours", "general", calibrate);
export const natsHours = constant("nats-hours", "upkeep of three nodes of NATS", 5, "hours", "general", calibrate);
export const kafkaHours = constant("kafka-hours", "upkeep of managed Kafka for those who know it", 6, "hours", "general", calibrate);
export const kafkaHoursNew = constant(
  "kafka-hours-new",
  "upkeep of managed Kafka for those who have to learn it",
  16,
  "hours",
  "general",
  calibrate,
);
