import {
  atMost,
  constant,
  exact,
  greatest,
  least,
  named,
  one,
  power,
  product,
  quotient,
  sum,
  when,
  type Formula,
} from "../../formulas/formula.ts";
import { hoursPerMonth } from "../../quantities/given.ts";
import { databaseCorePrice, databaseUse } from "../database-core-price.ts";
import type { Brief, OptionFigure, OptionRule } from "../rule.ts";
import { copiesOf, storageCost } from "./postgres-limits.ts";
import { marginOf } from "./postgres-instances.ts";
import type { PostgresLoad } from "./postgres-load.ts";

/** How the data and the load lie on the instances of a database. */
export interface Layout {
  readonly primaries: Formula;
  readonly replicas: Formula;
  /** Cores of the busiest instance that are busy at the peak. */
  readonly busy: Formula;
  /** Of the data, on the fullest instance. */
  readonly share: Formula;
  readonly hours: Formula;
}

const aloneUp = constant(
  "database-alone-up",
  "availability of a primary without a standby",
  0.9995,
  "share",
  "general",
  "restarts for upgrades, and a failed host now and then; the SLA of a single RDS instance is 99.5 %",
  [0.995, 0.9999],
);
const standbyUp = constant(
  "database-standby-up",
  "availability of a primary whose standby takes over within two minutes",
  0.9999,
  "share",
  "general",
  "two takeovers a month; the SLA of RDS in two zones is 99.95 %",
  [0.9995, 0.99999],
);

/** The bill is that of the database's size, which builds upon this: here the money only tells the layouts apart. */
export function laidOut(
  brief: Brief,
  id: string,
  load: PostgresLoad,
  layout: Layout,
): Pick<OptionRule, "bill" | "hoursPerMonth" | "availability" | "figures" | "score"> {
  const { primaries, hours } = layout;
  const up = when(atMost(exact(2), brief.decided("zones").figure("zones")), standbyUp, aloneUp);
  const money = named(`database.${id}.about`, `what ${id} costs in a month, about`, "money", moneyOf(brief, load, layout));
  return {
    bill: [],
    hoursPerMonth: hours,
    availability: power(up, primaries),
    figures: [
      ...figuresOf(load, layout),
      { id: "money", words: "processors and storage in a month, about", unit: "money", formula: money },
    ],
    score: sum(money, product(hours, brief.hourPrice)),
  };
}

function moneyOf(brief: Brief, load: PostgresLoad, { primaries, replicas, busy, share }: Layout): Formula {
  const smallest = product(brief.price("postgres-micro"), hoursPerMonth);
  const instance = greatest(smallest, product(quotient(product(busy, marginOf(brief)), databaseUse), databaseCorePrice(brief)));
  const instances = sum(product(primaries, copiesOf(brief)), replicas);
  return product(instances, sum(instance, storageCost(brief, product(load.bytes, share))));
}

const figuresOf = (load: PostgresLoad, { primaries, replicas, busy, share }: Layout): readonly OptionFigure[] => [
  { id: "primaries", words: "primaries", unit: "count", formula: primaries },
  { id: "read-replicas", words: "read replicas", unit: "count", formula: replicas },
  { id: "busy-cores", words: "cores of the busiest instance that are busy at the peak", unit: "cores", formula: busy },
  {
    id: "steady-cores",
    words: "cores of the busiest instance that are busy on the average",
    unit: "cores",
    formula: product(busy, least(one, quotient(load.meanCores, load.peakCores))),
  },
  {
    id: "transactions",
    words: "transactions of the fullest instance at the peak",
    unit: "/s",
    formula: product(load.transactions, share),
  },
  {
    id: "rows-read",
    words: "rows that the busiest instance visits at the peak",
    unit: "/s",
    formula: product(load.rowsRead, quotient(busy, load.peakCores)),
  },
  {
    id: "stored-bytes",
    words: "data on the fullest instance at the end of the horizon",
    unit: "bytes",
    formula: product(load.bytes, share),
  },
  { id: "hot-bytes", words: "data of it that are read again and again", unit: "bytes", formula: product(load.hotBytes, share) },
];
