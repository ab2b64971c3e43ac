import { difference, greatest, least, named, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, hoursPerMonth } from "../../quantities/given.ts";
import { databaseUse } from "../database-core-price.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { databaseSizes, machines, type DatabaseSize } from "./database-sizes.ts";
import { diskMs, diskReadsOf, freeOperations, innerPages, missedShare } from "./disk-limits.ts";
import { copiesOf, storageCost } from "./postgres-limits.ts";

/** Catalogue of decisions, 1 (use of 0.7) and 2 (headroom), for the database. */
export const databaseSize: DecisionRule = {
  id: "database-size",
  area: "storage",
  question: "How large is the database?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 1 and 2", "reliability study 2.3 (price points)"],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { decided } = brief;
  const { figure } = decided("database");
  const asked: Asked = {
    busy: named(
      "database-size.busy",
      "cores of an instance that the peak asks for, headroom included",
      "cores",
      product(figure("busy-cores"), decided("headroom").figure("margin")),
    ),
    steady: figure("steady-cores"),
    storedBytes: figure("stored-bytes"),
    hotBytes: figure("hot-bytes"),
    rowsRead: figure("rows-read"),
    instances: sum(product(figure("primaries"), copiesOf(brief)), figure("read-replicas")),
  };
  const storage = storageCost(brief, asked.storedBytes);
  return databaseSizes.map((size) => option(brief, size, asked, storage));
}

/** Of one instance, except for how many of them there are. */
interface Asked {
  readonly busy: Formula;
  readonly steady: Formula;
  readonly storedBytes: Formula;
  readonly hotBytes: Formula;
  readonly rowsRead: Formula;
  readonly instances: Formula;
}

function option(brief: Brief, size: DatabaseSize, asked: Asked, storage: Formula): OptionRule {
  const { cores, memoryGigabytes, steadyCores } = size;
  const missed = missedShare(memoryGigabytes, asked.hotBytes);
  const diskReads = named(
    `database-size.${size.id}.missed`,
    `reads of the disk in a second at the peak with size ${size.id}`,
    "/s",
    product(diskReadsOf(asked.rowsRead), missed),
  );
  const paidReads = greatest(zero, difference(diskReads, freeOperations));
  const instanceCost = costOf(brief, size);
  const line = (words: string, cost: Formula): { component: string; words: string; cost: Formula } => ({
    component: "database",
    words,
    cost: product(asked.instances, cost),
  });
  return {
    id: size.id,
    title: `${size.id} instances (${size.words})`,
    needs: needsOf(size, asked, diskReads),
    bill: [
      line("instances of the database, replicas and standbys among them", instanceCost),
      line("storage of each instance for the data at the end of the horizon", storage),
      line("reads of the disk beyond the free ones", product(paidReads, brief.price("operations-per-second"))),
    ],
    latencyMs: product(missed, diskMs),
    figures: [
      { id: "cores", words: "processors of an instance", unit: "cores", formula: cores },
      { id: "memory-gigabytes", words: "GB of memory of an instance", unit: "count", formula: memoryGigabytes },
      { id: "instance-cost", words: "an instance in a month, without storage", unit: "money", formula: instanceCost },
      { id: "instances", words: "instances, replicas and standbys among them", unit: "count", formula: asked.instances },
      {
        id: "use",
        words: "share of the processors that is busy at the peak, headroom included",
        unit: "share",
        formula: quotient(asked.busy, cores),
      },
      { id: "disk-reads", words: "reads of the disk a second at the peak", unit: "/s", formula: diskReads },
    ],
    because: `${size.words} are the least that bears what ${brief.model.name} asks of one instance.`,
    consequence: steadyCores
      ? "Its processors are shared with others, so that a busy day is paid back with a slow one."
      : "Another size is a restart of seconds to minutes, for which people wait.",
  };
}

function needsOf(
  { id, cores, memoryGigabytes, steadyCores, diskOperations }: DatabaseSize,
  asked: Asked,
  diskReads: Formula,
): readonly Need[] {
  return [
    needAtMost(
      asked.busy,
      named(`database-size.${id}.borne`, `cores of size ${id} that may be busy`, "cores", product(cores, databaseUse)),
      "queues for a processor grow faster than the load beyond that use",
    ),
    ...(steadyCores ? [needAtMost(asked.steady, steadyCores, "shared processors are throttled when they are busy all the time")] : []),
    needAtMost(
      named(
        "database-size.inner-pages",
        "GB of memory that the upper pages of the indexes take",
        "count",
        quotient(product(asked.storedBytes, innerPages), bytesPerGigabyte),
      ),
      memoryGigabytes,
      "the upper pages of the indexes must be at hand, or each lookup reads the disk several times",
    ),
    needAtMost(diskReads, diskOperations, "what does not fit into its memory comes from a disk that is not that fast"),
  ];
}

/**
 * Managed instances cost what the list says. A platform's are taken to be dearer in all sizes as its smallest is, and a machine of one's own
 * costs the part of it that such an instance would fill: the list has no prices of either for each size.
 */
function costOf({ decided, price }: Brief, { price: id, cores, memoryGigabytes }: DatabaseSize): Formula {
  const hosting = decided("hosting");
  const managed = product(price(id), hoursPerMonth);
  const markUp = quotient(price("paas-database"), product(price("postgres-micro"), hoursPerMonth));
  const machine = least(
    ...machines.map((sold) =>
      product(greatest(quotient(cores, sold.cores), quotient(memoryGigabytes, sold.memoryGigabytes)), price(sold.price)),
    ),
  );
  return when(hosting.is("single-machine"), machine, when(hosting.is("paas"), product(managed, markUp), managed));
}
