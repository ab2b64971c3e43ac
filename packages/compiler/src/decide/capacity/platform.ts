import { constant } from "../../formulas/formula.ts";

/** What a cloud gives. */

export const regionAvailability = constant(
  "region-availability",
  "availability that one region, its zones taken together, is good for",
  0.9999,
  "share",
  "sourced",
  "Amazon Compute SLA, region level: 99.99 %",
);
export const leastCores = constant("copy-cores", "processors of the smallest copy", 0.25, "cores", "sourced", "Fargate: a quarter");
export const memoryOfCore = constant(
  "copy-memory",
  "GB for each processor of a copy",
  2,
  "count",
  "sourced",
  "Fargate: 0.5 GB with a quarter",
);
