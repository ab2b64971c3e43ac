import { prices, type PriceId } from "../../packages/compiler/src/prices/prices.ts";
import type { Example } from "./designs.ts";

/** A bill of a month as a person adds it up with the list of prices: for the architecture that is named, and with none of our formulas. */
export interface HandBill {
  /** Of the decisions that the bill hangs on. If another is chosen, the bill has to be added up anew. */
  readonly architecture: { readonly [decision: string]: string };
  /** By component, in the currency of the design. What comes to less than a hundredth is left out. */
  readonly lines: { readonly [component: string]: number };
}

const secondsOfMonth = 2_629_800;
const hoursOfMonth = 730.5;
const secondsOfYear = 31_557_600;
const euros = 0.9;

function dollars(id: PriceId): number {
  const price = prices.find((one) => one.id === id);
  if (!price) throw new Error(`The list has no price ${id}.`);
  return price.dollars;
}

/** A volume keeps 30 % free. */
const storage = (gigabytes: number, copies: number): number => (gigabytes / 0.7) * copies * dollars("storage");
const instance = (id: PriceId): number => dollars(id) * hoursOfMonth;
/** A platform takes 19 for its smallest, which the cloud sells for 11.69, and as much more for the larger ones. */
const platformInstance = (id: PriceId): number => (instance(id) * dollars("paas-database")) / instance("postgres-micro");
const gigabytesOfMonth = (bytesPerSecond: number): number => (bytesPerSecond * secondsOfMonth) / 1e9;
/** 1.5 kB of log and trace for a request. */
const logs = (perSecond: number, kept = 1): number => gigabytesOfMonth(perSecond * 1_500) * kept * dollars("logs");
/** Three metrics of each operation and call, and twenty of what they run on. */
const metrics = (measured: number): number => (3 * measured + 20) * dollars("metrics");
const mails = (perSecond: number): number => ((perSecond * secondsOfMonth) / 1_000) * dollars("email");
/** A processor with 2 GB in a container. */
const containerCore = (dollars("vcpu-hour") + 2 * dollars("memory-hour")) * hoursOfMonth;
const gigabytes = (rows: number, bytes: number): number => (rows * bytes) / 1e9;

export const handBills: { readonly [E in Exclude<Example, "hello">]: HandBill } = {
  shop: shop(),
  medication: medication(),
  telemetry: telemetry(),
  monolith: monolith(),
  purchases: purchases(),
  saas: saas(),
  feed: feed(),
};

function shop(): HandBill {
  // 8 orders a second for two years, three lines each; one in ten is paid by startPayment, whose load nobody states.
  const data = gigabytes(8 * 2 * secondsOfYear, 548) + gigabytes(0.8 * 2 * secondsOfYear, 300);
  // For each order five reads, half of them searches that answer with twenty products, and half of them orders.
  const answers = gigabytesOfMonth(20 * 20 * 357 + 20 * 1_170 + 8 * 1_170);
  return {
    architecture: {
      hosting: "paas",
      zones: "two",
      database: "postgres-1",
      "database-size": "small",
      replicas: "2",
      broker: "postgres-outbox",
      cache: "none",
      cdn: "none",
      telemetry: "all",
    },
    lines: {
      messages: mails(8) * euros,
      database: (2 * platformInstance("postgres-small") + storage(data, 2)) * euros,
      // 8 commands, 40 reads, and 0.8 of each of the two silent commands.
      telemetry: (logs(49.6) + metrics(9)) * euros,
      egress: answers * dollars("egress") * euros,
      // Two copies of half a processor.
      processors: 2 * 0.5 * dollars("paas-large") * euros,
      // What changes in a week, over the data: 30 %.
      backup: data * 0.3 * dollars("backup") * euros,
    },
  };
}

function medication(): HandBill {
  // 18 million doses, and 50,000 more a day.
  const doses = 18e6 + 50_000 * 730.5;
  return {
    architecture: {
      hosting: "paas",
      zones: "one",
      database: "postgres-1",
      "database-size": "micro",
      replicas: "1",
      "sign-in": "hosted",
      secrets: "platform-store",
      encryption: "column",
      telemetry: "all",
    },
    lines: {
      database: (platformInstance("postgres-micro") + storage(gigabytes(doses, 348) + 0.3, 1)) * euros,
      telemetry: (logs(0.3 + 0.6 + 22 / 3_600) + metrics(16)) * euros,
      processors: dollars("paas-small") * euros,
      // 11,000 people, 10,000 of them free.
      "sign-in": 1_000 * dollars("sign-in-user") * euros,
      // The database, the signing key, the messages, three third parties that are called or call, and the columns.
      secrets: 7 * dollars("secret") * euros,
      encryption: 2 * dollars("key") * euros,
      egress: gigabytesOfMonth(0.6 * 9_400) * dollars("egress") * euros,
    },
  };
}

function telemetry(): HandBill {
  // 90 days of 50,000 readings a second in a database of time series, packed to a tenth and kept twice.
  const readings = gigabytes(90 * 86_400 * 50_000, 252);
  // 65 billion hourly rows, and 1.5 million more an hour, in PostgreSQL.
  const trends = gigabytes(65e9 + 1.5e6 * 2 * 8_766, 276);
  const answers = gigabytesOfMonth(50_000 * 40 + 25 * 6_600 + 15 * 7_800 + 5 * 13_133);
  // 96 copies for 44 of the 77 processors that are busy at the peak, and as many for the others.
  const cores = 96 * (77 / 44);
  return {
    architecture: {
      hosting: "containers",
      zones: "three",
      "database-class:readings": "time-series",
      "database-class:trends": "postgresql",
      database: "postgres-sharded",
      "database-size": "2xlarge",
      replicas: "96",
      autoscaling: "scheduled",
      broker: "kafka",
      telemetry: "errors-and-few",
    },
    lines: {
      database:
        // Three parts of a time series, and eleven primaries, each with a second one; the fullest is a quarter larger than the mean.
        (2 * 3 * dollars("timeseries-node") +
          storage(readings / 10, 2) +
          22 * instance("postgres-2xlarge") +
          storage(trends * 1.25, 2) +
          // Of 8,283 reads of the disk a second 3,000 are free.
          22 * 5_283 * dollars("operations-per-second")) *
        euros,
      // Half of the day all of them, the other half those that the mean needs: 50 of 81 thousand a second.
      processors: cores * containerCore * (0.5 + 0.5 * (50 / 81)) * euros,
      telemetry: (logs(50_048, 0.011) + metrics(16)) * euros,
      egress: answers * dollars("egress") * euros,
      broker: 3 * dollars("kafka-node") * euros,
      // A week of what was delivered, 140 bytes each.
      deliveries: gigabytes(50_000 * 7 * 86_400, 140) * dollars("storage") * euros,
      backup: trends * 1.25 * 0.3 * dollars("backup") * euros,
    },
  };
}

function monolith(): HandBill {
  const data =
    gigabytes(260e6 + 2.2 * 2 * secondsOfYear, 392) +
    gigabytes(45e6 + 0.463 * 2 * secondsOfYear, 447) +
    gigabytes(60e6 + 0.52 * 2 * secondsOfYear, 236) +
    gigabytes(22e6 + 0.185 * 2 * secondsOfYear, 468) +
    18;
  const answers = gigabytesOfMonth(60 * 14_333 + 40 * 11_600 + 15_400 + 11_933 + 11_600);
  return {
    architecture: {
      placement: "process-per-group",
      hosting: "paas",
      zones: "two",
      database: "postgres-1",
      "database-size": "large",
      replicas: "2",
      cdn: "none",
      telemetry: "errors-and-sample",
      "sign-in": "hosted",
    },
    lines: {
      database: (2 * platformInstance("postgres-large") + storage(data, 2)) * euros,
      // Documents are a fifth as much again.
      egress: (answers + 631) * dollars("egress") * euros,
      // Bookings, movements and what the office searches: two nodes each.
      search: 3 * 2 * dollars("search-node") * euros,
      // Five processes, twice, with a whole processor each.
      processors: 5 * 2 * dollars("paas-large") * euros,
      telemetry: (logs(284, 0.101) + metrics(27)) * euros,
      network: answers * 0.5 * dollars("zone-traffic") * euros,
      "sign-in": 5_000 * dollars("sign-in-user") * euros,
    },
  };
}

function purchases(): HandBill {
  return {
    architecture: {
      hosting: "paas",
      zones: "two",
      database: "postgres-1",
      "database-size": "micro",
      replicas: "2",
      "messages-channel:notifications.refunded": "provider",
      "sign-in": "own",
      telemetry: "all",
    },
    lines: {
      // The model does not say how many notifications of the stores are refunds: all of the 0.68 a second are taken for some.
      messages: mails(0.68) * euros,
      telemetry: (logs(14.1) + metrics(21)) * euros,
      database: (2 * platformInstance("postgres-micro") + storage(5.1, 2)) * euros,
      egress: gigabytesOfMonth(12 * 8_600 + 2 * 9_800) * dollars("egress") * euros,
      processors: 2 * 0.5 * dollars("paas-large") * euros,
      secrets: 10 * dollars("secret") * euros,
    },
  };
}

function saas(): HandBill {
  const data =
    gigabytes(150e6 + 4.86 * 2 * secondsOfYear, 512) +
    gigabytes(12e6 + 0.463 * 2 * secondsOfYear, 399) +
    gigabytes(4e6 + 0.058 * 2 * secondsOfYear, 1_131) +
    2.6;
  const answers = gigabytesOfMonth(45 * 46_533 + 28 * 11_933 + 5 * 780 + 6 * 597);
  return {
    architecture: {
      placement: "one-process",
      hosting: "containers",
      zones: "two",
      database: "postgres-1",
      "database-size": "large",
      tenancy: "largest-apart",
      replicas: "2",
      "sign-in": "hosted",
      "egress-path": "nat",
      telemetry: "errors-and-sample",
    },
    lines: {
      // A pair for all agencies but the largest, which has a pair of its own.
      database: (4 * instance("postgres-large") + storage(data, 2)) * euros,
      egress: answers * dollars("egress") * euros,
      "sign-in": 50_000 * dollars("sign-in-user") * euros,
      processors: 2 * containerCore * euros,
      network: (2 * dollars("nat") + answers * 0.5 * dollars("zone-traffic")) * euros,
      telemetry: (logs(84.6, 0.1005) + metrics(21)) * euros,
      "load balancer": dollars("load-balancer") * euros,
    },
  };
}

function feed(): HandBill {
  // Likes, posts, who follows whom, timelines of two days.
  const data =
    gigabytes(40e9 + 2_000 * 2 * secondsOfYear, 324) +
    gigabytes(12e9 + 300 * 2 * secondsOfYear, 439) +
    gigabytes(400e6 + 60 * 2 * secondsOfYear, 332) +
    gigabytes(24_000 * 2 * 86_400, 292);
  const answers = gigabytesOfMonth(12_006 * 7_260 + 12_000 * 7_260 + 800 * 15_933 + 1_500 * 240);
  const files = 5_722 * secondsOfMonth;
  const cores = 96 * (64.9 / 31.9);
  // 150 TB at the list price, and the rest at that of large amounts.
  const inBulk = (amount: number, price: PriceId, beyond: PriceId): number =>
    150_000 * dollars(price) + (amount - 150_000) * dollars(beyond);
  return {
    architecture: {
      hosting: "containers",
      zones: "two",
      database: "postgres-sharded",
      "database-size": "16xlarge",
      cdn: "files-only",
      "search:posts.Post": "engine",
      replicas: "96",
      autoscaling: "autoscale",
      telemetry: "errors-and-few",
    },
    lines: {
      // Pictures of 150 kB by the content network, answers from the cloud.
      egress:
        inBulk(gigabytes(files, 150_000), "cdn-egress", "cdn-egress-bulk") +
        (files / 1e6) * dollars("cdn-requests") +
        inBulk(answers, "egress", "egress-bulk"),
      database:
        // Seven primaries, each with a standby, as large as the fullest of them, which is a quarter larger than the mean.
        14 * instance("postgres-16xlarge") +
        storage(data * 1.25, 2) +
        // Of 72,864 reads of the disk a second 3,000 are free.
        14 * 69_864 * dollars("operations-per-second"),
      // Eighty-three parts of an index, two nodes each.
      search: 83 * 2 * dollars("search-node"),
      network: answers * 0.5 * dollars("zone-traffic"),
      backup: data * 1.25 * 0.3 * dollars("backup"),
      // The mean is 27 % of the peak, and copies come and go with it.
      processors: cores * containerCore * 0.267,
    },
  };
}
