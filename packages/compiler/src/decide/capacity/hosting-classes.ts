import { constant, type Evidence, type Formula } from "../../formulas/formula.ts";

export type HostingId = "single-machine" | "paas" | "containers" | "kubernetes" | "serverless";

/** What is known of a class of hosting before any model is looked at. */
export interface HostingClass {
  readonly id: HostingId;
  readonly title: string;
  /** Of what it runs on; where that depends on the zones it is what a region is good for. */
  readonly availability: Formula;
  readonly bootSeconds: Formula;
  /** Hours in a month that it takes however little runs on it. */
  readonly baseHours: Formula;
  /** Hours more for each deployable. */
  readonly hoursEach: Formula;
  readonly consequence: string;
}

type Known = readonly [value: number, evidence: Evidence, source: string, range?: readonly [number, number]];

interface Facts {
  readonly availability: Known;
  readonly boot: Known;
  readonly base: Known;
  readonly each: Known;
}

function classOf(id: HostingId, title: string, consequence: string, { availability, boot, base, each }: Facts): HostingClass {
  const { 0: up, 1: upEvidence, 2: upSource, 3: upRange } = availability;
  const general = (what: string, words: string, unit: "s" | "hours", [value, evidence, source, range]: Known): Formula =>
    constant(`hosting-${id}-${what}`, `${words} with ${title}`, value, unit, evidence, source, range);
  return {
    id,
    title,
    availability: constant(`hosting-${id}-up`, `availability of ${title}`, up, "share", upEvidence, upSource, upRange),
    bootSeconds: general("boot", "time until one more copy answers", "s", boot),
    baseHours: general("base", "hours in a month for the platform itself", "hours", base),
    hoursEach: general("each", "hours in a month for the platform of each process", "hours", each),
    consequence,
  };
}

export const singleMachine = classOf(
  "single-machine",
  "one machine of one's own",
  "Patches, certificates and backups are yours, and when the machine is gone so is the service.",
  {
    availability: [
      0.999,
      "general",
      "a rented machine, restarts for patches included; the SLA of one EC2 instance is 99.5 %",
      [0.995, 0.9997],
    ],
    boot: [120, "general", "a machine from an image", [30, 600]],
    base: [6, "general", "patches, certificates, disks, logs", [2, 16]],
    each: [0.5, "general", "a unit file and a port", [0.2, 2]],
  },
);

export const paas = classOf(
  "paas",
  "a platform that takes the code (PaaS)",
  "What the platform does not offer cannot be had, and its price for a processor is that of its list.",
  {
    availability: [0.9995, "sourced", "Google Cloud Run SLA: 99.95 %"],
    boot: [60, "general", "image pulled and checked", [10, 180]],
    base: [1, "general", "nearly nothing to look after", [0.5, 3]],
    each: [0.5, "general", "its settings and its limits", [0.2, 2]],
  },
);

export const containers = classOf(
  "containers",
  "managed containers",
  "Network, balancer, gateway and rights are parts of their own, which somebody has to put together and keep.",
  {
    availability: [0.9999, "sourced", "Amazon Compute SLA, region level, Fargate: 99.99 %"],
    boot: [45, "general", "image pulled, address given, health checked", [20, 120]],
    base: [4, "general", "network, rights, images, certificates", [2, 12]],
    each: [0.5, "general", "its definition, its rights and its scaling", [0.2, 3]],
  },
);

export const kubernetes = classOf(
  "kubernetes",
  "Kubernetes",
  "The cluster is a system of its own: three releases a year, add-ons, nodes and rights have to be kept up.",
  {
    availability: [0.9999, "sourced", "Amazon Compute SLA, region level: 99.99 %"],
    boot: [15, "general", "on a node that runs already", [5, 120]],
    base: [16, "general", "three upgrades a year, add-ons, nodes, policies", [8, 60]],
    each: [0.2, "general", "one more chart like the others", [0.1, 1]],
  },
);

export const serverless = classOf(
  "serverless",
  "serverless functions",
  "A call may meet a function that sleeps, connections to the database go through a pool of their own, and every call is paid for.",
  {
    availability: [0.9995, "sourced", "AWS Lambda SLA: 99.95 %"],
    boot: [0.8, "general", "Node with a bundle of a few MB", [0.3, 3]],
    base: [2, "general", "rights, limits, pool of connections", [1, 8]],
    each: [0.75, "general", "its bundle, its limits and its alarms", [0.3, 3]],
  },
);

/** What a team has to learn before its first cluster is as safe as what it knows. */
export const learningHours = constant(
  "hosting-kubernetes-learning",
  "hours more in a month of the first year for a team that has never run Kubernetes",
  40,
  "hours",
  "general",
  "a person for a quarter of the year",
  [16, 120],
);
