import { constant, type Formula } from "../../formulas/formula.ts";
import type { PriceId } from "../../prices/prices.ts";

/** A size of a database instance, as it is sold. */
export interface DatabaseSize {
  readonly id: string;
  readonly price: PriceId;
  readonly cores: Formula;
  readonly memoryGigabytes: Formula;
  /** Cores that may be busy all the time, where the processors are shared with others. */
  readonly steadyCores?: Formula;
  /** Reads and writes of the disk a second that it can do all the time. */
  readonly diskOperations: Formula;
  /** In words: "2 shared processors and 4 GB". */
  readonly words: string;
}

interface Sold {
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  readonly steady?: number;
}

function size(id: string, price: PriceId, { cores, memory, disk, steady }: Sold): DatabaseSize {
  const fact = (what: string, words: string, value: number, unit: "cores" | "count" | "/s"): Formula =>
    constant(
      `database-size-${id}-${what}`,
      `${words} of a database of size ${id}`,
      value,
      unit,
      "sourced",
      "Amazon EC2, classes t4g and r6g: processors, baseline, EBS",
    );
  return {
    id,
    price,
    cores: fact("cores", "processors", cores, "cores"),
    memoryGigabytes: fact("memory", "GB of memory", memory, "count"),
    diskOperations: fact("disk", "reads and writes of the disk", disk, "/s"),
    words: `${cores} ${steady === undefined ? "" : "shared "}processors and ${memory} GB`,
    ...(steady !== undefined && { steadyCores: fact("steady", "processors that may be busy all the time", steady, "cores") }),
  };
}

export const largestSize = size("16xlarge", "postgres-16xlarge", { cores: 64, memory: 512, disk: 80_000 });

/** From small to large. */
export const databaseSizes: readonly DatabaseSize[] = [
  size("micro", "postgres-micro", { cores: 2, memory: 1, disk: 500, steady: 0.2 }),
  size("small", "postgres-small", { cores: 2, memory: 2, disk: 1000, steady: 0.4 }),
  size("medium", "postgres-medium", { cores: 2, memory: 4, disk: 2000, steady: 0.4 }),
  size("large", "postgres-large", { cores: 2, memory: 16, disk: 3600 }),
  size("xlarge", "postgres-xlarge", { cores: 4, memory: 32, disk: 6000 }),
  size("2xlarge", "postgres-2xlarge", { cores: 8, memory: 64, disk: 12000 }),
  size("4xlarge", "postgres-4xlarge", { cores: 16, memory: 128, disk: 20000 }),
  size("8xlarge", "postgres-8xlarge", { cores: 32, memory: 256, disk: 40000 }),
  largestSize,
];

const machine = (id: string, words: string, value: number): Formula =>
  constant(`database-size-machine-${id}`, `${words} of a machine of one's own`, value, "count", "general", "price list");

/** What the list sells as a machine: processors and GB. */
export const machines = [
  { price: "machine-small", cores: machine("small-cores", "processors", 2), memoryGigabytes: machine("small-memory", "GB", 4) },
  { price: "machine-large", cores: machine("large-cores", "processors", 8), memoryGigabytes: machine("large-memory", "GB", 32) },
] as const satisfies readonly Pick<DatabaseSize, "price" | "cores" | "memoryGigabytes">[];
