import { constant, product, sum, type Formula } from "../../formulas/formula.ts";
import { hoursPerMonth } from "../../quantities/given.ts";
import { leastCores, memoryOfCore } from "../capacity/platform.ts";
import type { Brief } from "../rule.ts";

/** What processes cost, and the calls between them. */

export const hopMs = constant(
  "hop",
  "what a call over the network inside one region adds",
  0.75,
  "ms",
  "sourced",
  "catalogue of decisions, 4: 0.5 to 1 ms",
  [0.5, 1],
);
export const hopAvailability = constant(
  "hop-availability",
  "share of calls between two processes that arrive and come back",
  0.9999,
  "share",
  "general",
  "releases and lost connections, after one retry",
  [0.999, 0.99999],
);

const hoursPerProcess = constant(
  "placement-hours",
  "hours that one deployable takes in a month: pipeline, patches, dashboards, calls at night",
  4,
  "hours",
  "general",
  "to be calibrated by the team",
  [1, 16],
);
const hoursPerCrossing = constant(
  "placement-contract",
  "hours in a month that keep a call between two processes compatible",
  0.5,
  "hours",
  "general",
  "versions, timeouts, traces",
  [0.1, 4],
);
const copies = constant("placement-copies", "copies of a process that run at least", 2, "count", "general", "one may be replaced");

export const hoursOfProcesses = (processes: Formula, crossings: Formula): Formula =>
  sum(product(processes, hoursPerProcess), product(crossings, hoursPerCrossing));

/** In the smallest containers in which the copies fit. */
export const computeOf = (processes: Formula, price: Brief["price"]): Formula =>
  product(processes, copies, leastCores, sum(price("vcpu-hour"), product(memoryOfCore, price("memory-hour"))), hoursPerMonth);
