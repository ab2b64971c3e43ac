import { constant, named, product, type Named } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";

const known = new WeakMap<Brief, Named>();

/**
 * Processes of the application that run at once: what each of them keeps in its own memory, it keeps for itself.
 * One formula for each brief, so that a what-if about it reaches every decision that builds upon it.
 */
export function processesOf(brief: Brief): Named {
  const made = known.get(brief) ?? processes(brief);
  known.set(brief, made);
  return made;
}

const processes = ({ decided }: Brief): Named =>
  named(
    "processes",
    "processes of the application",
    "count",
    product(decided("placement").figure("deployables"), decided("replicas").figure("replicas")),
  );

/** What one process takes in before it sends requests away. */
export const underWayMax = constant(
  "under-way-max",
  "requests that one process works on at once",
  200,
  "count",
  "measured",
  "default of our server: underWayMax",
);
