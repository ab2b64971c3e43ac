import { greatest, named, product, quotient, sum, type Formula, type Named } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";

/** What the machines that other decisions have taken can do. */
export interface Capacity {
  /** Work of all processors for a request, on the average. */
  readonly secondsPerRequest: Formula;
  /** Requests in a second at which the application or the database has no processor left. */
  readonly requests: Named;
  /** Share of the busier of the two that is busy at the peak. */
  readonly use: Named;
}

const known = new WeakMap<Brief, Capacity>();

/** Made once for each brief, so that a what-if about it reaches every decision that builds upon it. */
export function capacityOf(brief: Brief): Capacity {
  const made = known.get(brief) ?? reckoned(brief);
  known.set(brief, made);
  return made;
}

function reckoned({ decided, decidedIfAny, quantities }: Brief): Capacity {
  const { applicationCores, databaseCores } = quantities.work;
  const { peak } = quantities.load;
  const size = decidedIfAny("database-size");
  const inDatabase = size ? [quotient(databaseCores, product(size.figure("cores"), decided("database").figure("primaries")))] : [];
  const use = named(
    "capacity.use",
    "share of the processors that is busy at the peak, of the application or the database",
    "share",
    greatest(quotient(applicationCores, decided("replicas").figure("cores")), ...inDatabase),
  );
  return {
    secondsPerRequest: quotient(sum(applicationCores, databaseCores), peak),
    requests: named("capacity.requests", "requests that use up all processors", "/s", quotient(peak, use)),
    use,
  };
}
