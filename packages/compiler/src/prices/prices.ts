import type { Evidence } from "../formulas/formula.ts";

/** What things cost in US dollars, in us-east-1 or its like. Each can be overridden by its id; none is a quotation. */
export interface Price {
  readonly id: string;
  readonly words: string;
  readonly dollars: number;
  readonly per: string;
  readonly evidence: Evidence;
  readonly source: string;
  readonly dated: string;
}

const study = "reliability study 2.3, secondary sources";
const general = "list price as generally known, not verified again";
const dated = "2026-01";

const read = (id: string, words: string, dollars: number, per: string): Price => ({
  id,
  words,
  dollars,
  per,
  evidence: "sourced",
  source: study,
  dated,
});
const known = (id: string, words: string, dollars: number, per: string): Price => ({
  id,
  words,
  dollars,
  per,
  evidence: "general",
  source: general,
  dated,
});

export const prices = [
  read("vcpu-hour", "a processor in a container (Fargate)", 0.04048, "vCPU-hour"),
  read("memory-hour", "memory in a container (Fargate)", 0.004445, "GB-hour"),
  read("function-requests", "a million calls of a function (Lambda)", 0.2, "million requests"),
  read("function-memory", "memory of a running function (Lambda)", 0.0000166667, "GB-second"),
  read("kubernetes-hour", "control plane of Kubernetes (EKS)", 0.1, "hour"),
  known("cluster-node", "a machine of a cluster with 2 processors and 4 GB (c6i.large)", 0.085, "hour"),
  known("pooler-hour", "a managed pool of connections (RDS Proxy), for each processor of the database", 0.015, "vCPU-hour"),
  known("gateway-requests", "a million requests through a gateway of functions (HTTP API)", 1, "million requests"),
  known("machine-small", "a virtual machine with 2 processors and 4 GB, unmanaged", 8, "month"),
  known("machine-large", "a virtual machine with 8 processors and 32 GB, unmanaged", 60, "month"),
  known("paas-small", "a small instance of a platform (512 MB)", 7, "month"),
  known("paas-large", "a large instance of a platform (2 GB, 1 processor)", 25, "month"),
  known("paas-database", "the smallest database of a platform", 19, "month"),
  read("postgres-micro", "PostgreSQL with 2 shared processors and 1 GB (t4g.micro)", 0.016, "hour"),
  read("postgres-small", "PostgreSQL with 2 shared processors and 2 GB (t4g.small)", 0.032, "hour"),
  read("postgres-medium", "PostgreSQL with 2 shared processors and 4 GB (t4g.medium)", 0.065, "hour"),
  known("postgres-large", "PostgreSQL with 2 processors and 16 GB (r6g.large)", 0.225, "hour"),
  known("postgres-xlarge", "PostgreSQL with 4 processors and 32 GB (r6g.xlarge)", 0.45, "hour"),
  known("postgres-2xlarge", "PostgreSQL with 8 processors and 64 GB (r6g.2xlarge)", 0.9, "hour"),
  known("postgres-4xlarge", "PostgreSQL with 16 processors and 128 GB (r6g.4xlarge)", 1.8, "hour"),
  known("postgres-8xlarge", "PostgreSQL with 32 processors and 256 GB (r6g.8xlarge)", 3.6, "hour"),
  known("postgres-16xlarge", "PostgreSQL with 64 processors and 512 GB (r6g.16xlarge)", 7.2, "hour"),
  read("storage", "storage of a database (gp3)", 0.115, "GB-month"),
  read("operations-per-second", "an input or output operation a second beyond 3,000 (gp3)", 0.02, "IOPS-month"),
  read("backup", "backups beyond the size of the database", 0.095, "GB-month"),
  read("nat", "a gateway to the outside (NAT)", 32.85, "month"),
  known("nat-traffic", "what passes the gateway to the outside", 0.045, "GB"),
  known("endpoint", "a private endpoint", 7.3, "month"),
  read("load-balancer", "a load balancer, with some load included", 22, "month"),
  read("egress", "what goes out to the internet", 0.09, "GB"),
  known("egress-bulk", "the same beyond 150 TB in a month", 0.05, "GB"),
  known("zone-traffic", "what crosses zones, paid for by both of them", 0.02, "GB"),
  known("region-traffic", "what goes from one region to another", 0.02, "GB"),
  known("cdn-egress", "what a content network hands out", 0.05, "GB"),
  known("cdn-egress-bulk", "the same beyond 150 TB in a month", 0.025, "GB"),
  known("cdn-requests", "a million requests to a content network", 1, "million requests"),
  known("email", "a thousand mails by a provider (SES)", 0.1, "thousand"),
  known("sms", "a text message by a provider, in Europe", 0.05, "message"),
  known("push", "a million pushed notes by a provider (SNS)", 0.5, "million"),
  read("logs", "logs taken in", 0.5, "GB"),
  known("probe", "a run of a probe from outside (CloudWatch Synthetics)", 0.0012, "run"),
  known("metrics", "a metric of one's own", 0.3, "metric-month"),
  known("queue-requests", "a million calls of a queue (SQS)", 0.4, "million requests"),
  known("objects", "objects kept (S3)", 0.023, "GB-month"),
  known("redis-small", "Redis with 0.5 GB (t4g.micro)", 0.016, "hour"),
  known("redis-gigabyte", "Redis, for each GB beyond", 9, "GB-month"),
  known("nats-node", "a node of NATS with 2 processors and 4 GB", 25, "month"),
  known("rabbitmq-node", "a node of RabbitMQ, managed (mq.m5.large)", 210, "month"),
  known("kafka-node", "a node of Kafka, managed (m5.large)", 155, "month"),
  known("search-node", "a node of a search engine with 4 GB", 54, "month"),
  known("timeseries-node", "a node of a time series database with 4 processors and 32 GB", 330, "month"),
  known("document-node", "a node of a document database with 2 processors and 8 GB", 115, "month"),
  known("key-value-writes", "a million writes of a key-value store (DynamoDB)", 1.25, "million"),
  known("key-value-reads", "a million reads of a key-value store (DynamoDB)", 0.25, "million"),
  known("key-value-storage", "data in a key-value store (DynamoDB)", 0.25, "GB-month"),
  known("sign-in-user", "a user a month at a hosted sign-in beyond the free ones", 0.0055, "user-month"),
  known("secret", "a secret in a store of the platform", 0.4, "month"),
  known("vault-node", "a node of a vault of one's own", 30, "month"),
  known("key", "a key of a key service", 1, "month"),
  known("certificate-authority", "a private authority for certificates", 50, "month"),
] as const satisfies readonly Price[];

export type PriceId = (typeof prices)[number]["id"];
