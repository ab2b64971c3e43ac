import { constant } from "../formulas/formula.ts";

/** Beyond it queues grow faster than the load: of a processor, a consumer, or a lock. */
export const useMax = constant(
  "use-max",
  "share of its time that a server may be busy",
  0.7,
  "share",
  "sourced",
  "catalogue of decisions, 1",
);
