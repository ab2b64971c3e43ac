import { here } from "../recording/origin.ts";
import { withRecord, type SystemRecord, type SystemSaid } from "../recording/records.ts";
import type { Operation } from "./scopes.ts";
import type { Budget, Duration, Known, Percent, Rate } from "./values.ts";

/** The decisions of the compiler that a person may make instead. Decisions of your own join by declaration merging. */
export interface Decisions {
  placement: "one-process" | "process-per-group" | "process-per-context";
  database: "postgres-1" | "postgres-replicas" | "postgres-sharded";
  broker: "postgres-outbox" | "nats-jetstream" | "rabbitmq" | "kafka" | "sqs";
  cache: "none" | "in-process" | "redis";
  hosting: "single-machine" | "paas" | "containers" | "kubernetes" | "serverless";
  signIn: "own" | "hosted";
  apiStyle: "rest" | "graphql" | "grpc";
  tenancy: "shared" | "largest-apart" | "schema-per-tenant" | "database-per-tenant";
  zones: "one" | "two" | "three";
  regions: "one" | "two-standby" | "two-active";
  framework: "archwright" | "fastify" | "spring" | "django" | "aspnet" | "go-http";
  tokens: "jwt" | "opaque";
}

interface SystemFacts {
  contexts: readonly { readonly kind: "context"; readonly name: string }[];
  /** People or devices that use it in a month. */
  users?: Known<number>;
  /** Those who share it without seeing each other. `largest` is the share of the load that the largest of them makes. */
  tenants?: { count: Known<number>; largest?: Known<Percent> };
  /** What speaks to it. "mobile-offline" works without a network and sends later what was done meanwhile. */
  clients?: readonly ("web" | "mobile" | "mobile-offline" | "partner" | "device")[];
  team?: Known<number>;
  /** What the team has run in production before. */
  skills?: readonly ("typescript" | "python" | "java" | "go" | "csharp" | "ruby" | "php" | "kubernetes" | "kafka")[];
  budget?: Known<Budget>;
  region?: "eu" | "us" | "apac";
  comply?: readonly ("gdpr" | "pci-saq-a" | "soc2" | "hipaa")[];
  availability?: Percent;
  rpo?: Duration;
  rto?: Duration;
  load?: readonly { on: Operation; mean: Known<Rate>; peak?: Known<Rate> }[];
  /** By how much the load grows in a year: '40%', or '150%' for two and a half times as much. */
  growth?: Known<Percent>;
  pin?: { readonly [D in keyof Decisions]?: { choose: Decisions[D]; because: string } };
  accept?: { readonly [code: string]: string };
}

export interface System {
  readonly kind: "system";
  readonly name: string;
}

/**
 * The whole: its contexts, its load, its promises, and who builds it for how much. The default export of a model file.
 *
 * @example
 * export default system("hello", { contexts: [Notes] });
 */
export const system = (name: string, facts: SystemFacts): System => {
  const said: SystemSaid = facts;
  const record: SystemRecord = { kind: "system", place: here(), name, said };
  return withRecord({ kind: "system" as const, name }, record);
};
