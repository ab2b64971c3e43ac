import { here } from "../recording/origin.ts";
import { withRecord, type SystemRecord, type SystemSaid } from "../recording/records.ts";
import type { Operation } from "./scopes.ts";
import type { Budget, Duration, Known, Percent, Rate } from "./values.ts";

/** The decisions of the compiler that a person may make instead. Decisions of your own join by declaration merging. */
export interface Decisions {
  database: "postgres-1" | "postgres-replicas" | "postgres-sharded";
  broker: "postgres-outbox" | "nats-jetstream" | "rabbitmq" | "kafka";
  cache: "none" | "in-process" | "redis";
  placement: "one-process" | "process-per-context";
}

interface SystemFacts {
  contexts: readonly { readonly kind: "context"; readonly name: string }[];
  team?: Known<number>;
  budget?: Known<Budget>;
  region?: "eu" | "us" | "apac";
  comply?: readonly ("gdpr" | "pci-saq-a" | "soc2" | "hipaa")[];
  availability?: Percent;
  rpo?: Duration;
  rto?: Duration;
  load?: readonly { on: Operation; mean: Known<Rate>; peak?: Known<Rate> }[];
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
