import { constant, difference, exact, greatest, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, hoursPerMonth, secondsPerMonth } from "../../quantities/given.ts";
import { needAtMost, type BillLine, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { commitWait } from "../storage/recovery-times.ts";
import { useAfterLoss } from "./headroom.ts";
import { leastCores, memoryOfCore, regionAvailability } from "./platform.ts";
import { backInAnotherZoneMs } from "./recovery.ts";

const oneZone = constant(
  "zones-one",
  "availability that one zone is good for",
  0.9985,
  "share",
  "sourced",
  "catalogue of decisions, 41: a second zone from 99.9 %; the SLA of a single RDS instance is 99.5 %",
  [0.995, 0.9995],
);
const failoverHours = constant(
  "zones-failover-hours",
  "hours in a month for trying the failover",
  1,
  "hours",
  "general",
  "half a day in every quarter for two people",
  [0.3, 4],
);

/** Catalogue of decisions, 41. */
export const zones: DecisionRule = {
  id: "zones",
  area: "capacity",
  question: "Over how many data centres of the region does it run?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 41 (more than one zone)", "Amazon RDS SLA of January 2024: 99.5 % in one zone, 99.95 % in two"],
  propose: (brief) => [{ options: [option(brief, "one", 1), option(brief, "two", 2), option(brief, "three", 3)] }],
};

function option(brief: Brief, id: "one" | "two" | "three", count: number): OptionRule {
  const { hourPrice } = brief;
  const isSpread = count > 1;
  const bill = isSpread ? [traffic(brief, count)] : [];
  const hours = isSpread ? failoverHours : zero;
  const reserve = spare(brief, count);
  return {
    id,
    title: words[id].title,
    needs: needs(brief, count),
    bill,
    hoursPerMonth: hours,
    latencyMs: isSpread ? commitWait : zero,
    figures: [
      { id: "zones", words: "zones", unit: "count", formula: exact(count) },
      { id: "promise", words: "availability that may be promised on it", unit: "share", formula: isSpread ? regionAvailability : oneZone },
      { id: "reserve", words: "money for processors and gateways that a lost zone asks for, about", unit: "money", formula: reserve },
    ],
    score: sum(...bill.map(({ cost }) => cost), reserve, product(hours, hourPrice)),
    because: words[id].because(brief.model.name),
    consequence: words[id].consequence,
  };
}

function needs(brief: Brief, count: number): readonly Need[] {
  const { promises } = brief.quantities;
  const good = count > 1 ? regionAvailability : oneZone;
  const down = needAtMost(
    named(
      `zones.${count}.down`,
      `time of a month that ${count === 1 ? "one zone" : `${count} zones`} may be down`,
      "s",
      product(difference(one, good), secondsPerMonth),
    ),
    promises.downSeconds,
    count > 1 ? "a region is not up for longer" : "a zone with all that it holds is down for longer than is promised",
  );
  if (count === 1) {
    return [
      down,
      needAtMost(backInAnotherZoneMs(brief), promises.rtoMs, "a lost zone means setting up anew elsewhere and bringing the data back"),
    ];
  }
  if (!promises.budget) return [down];
  const smallest = product(exact(count), leastCores, coreMonth(brief));
  const floor = sum(smallest, product(exact(2), brief.price("postgres-micro"), hoursPerMonth), brief.price("load-balancer"));
  return [down, needAtMost(floor, promises.budget, "the smallest copies, two databases and a balancer must be within the budget")];
}

const coreMonth = ({ price }: Pick<Brief, "price">): Formula =>
  product(sum(price("vcpu-hour"), product(memoryOfCore, price("memory-hour"))), hoursPerMonth);

/** What the zones that are left need in order to bear the peak, at the price of a container, and a gateway for each zone. */
function spare({ quantities, price }: Brief, count: number): Formula {
  const afterLoss = exact(count > 1 ? count / (count - 1) : 1);
  const cores = greatest(product(exact(count), leastCores), quotient(product(quantities.work.applicationCores, afterLoss), useAfterLoss));
  return sum(product(cores, coreMonth({ price })), product(exact(count), price("nat")));
}

function traffic({ quantities, price }: Brief, count: number): BillLine {
  const crossing = product(quantities.work.egressBytes, exact((count - 1) / count));
  return {
    component: "network",
    words: "answers of the database that cross zones",
    cost: product(quotient(crossing, bytesPerGigabyte), price("zone-traffic")),
  };
}

const words = {
  one: {
    title: "one zone",
    because: (name: string) => `${name} may be down for as long as it takes to set it up in another data centre.`,
    consequence: "A fire or a power cut in one data centre is an outage until somebody has restored the last backup.",
  },
  two: {
    title: "two zones",
    because: (name: string) => `${name} goes on when a data centre is lost, and a standby of the database takes over within minutes.`,
    consequence: "Each zone has to be able to carry the peak alone, and every commit waits for the other zone.",
  },
  three: {
    title: "three zones",
    because: (name: string) => `${name} has to keep only half as much again in reserve for a lost zone, not as much again.`,
    consequence: "A gateway more is paid for, and a third of the copies is as far from the database as can be.",
  },
} as const;
