import {
  atMost,
  when,
  zero,
  call,
  constant,
  difference,
  exact,
  greatest,
  least,
  named,
  one,
  power,
  product,
  quotient,
  sum,
  type Formula,
} from "../../formulas/formula.ts";
import { waitP99 } from "../../formulas/laws.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { marginOf } from "./postgres-instances.ts";

/** Twice the processors and one, for machines of 2 to 64, and twice as many again. */
const ladder = [5, 9, 17, 33, 65, 129, 257] as const;

const roundTrips = constant(
  "pool-size-trips",
  "trips to the database in a transaction",
  4,
  "count",
  "general",
  "who asks, two statements, commit; an order with its event takes 5",
  [1, 10],
);
const tripMs = constant(
  "pool-size-trip",
  "a trip to the database and back",
  0.5,
  "ms",
  "general",
  "within a zone; to be measured",
  [0.1, 1.5],
);
const slowdown = constant(
  "pool-size-contention",
  "how strongly connections in excess slow each other down, as an exponent",
  0.33,
  "count",
  "measured",
  "reliability study 2.1: 59,400 reads/s with 5 connections on two cores, 16,100 with 256",
);
const waitShare = constant(
  "pool-size-wait",
  "share of the tightest promised p99 that may be spent waiting for a connection",
  0.05,
  "share",
  "general",
  "nothing is gained by waiting; the rest is for work",
  [0.01, 0.2],
);
const connectionMegabytes = constant(
  "pool-size-connection",
  "MB of memory of an idle connection",
  1.81,
  "count",
  "measured",
  "reliability study 2.1: proportional set size",
);

/** Catalogue of decisions, 7. */
export const poolSize: DecisionRule = {
  id: "pool-size",
  area: "storage",
  question: "How many connections to a primary are open, over all processes together?",
  evidence: "measured",
  sources: ["catalogue of decisions, 7 (pool size)", "Erlang C", "HikariCP: 2 × cores + 1"],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

/** How many connections work at full speed on the database that was chosen. */
export const connectionsAtFullSpeed = ({ decided }: Pick<Brief, "decided">): Formula =>
  sum(product(exact(2), decided("database-size").figure("cores")), one);

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { figure } = brief.decided("database");
  const transactions = figure("transactions");
  const tripsMs = product(roundTrips, tripMs);
  const held = sum(figure("busy-cores"), quotient(product(transactions, tripsMs), msPerSecond));
  const heldMs = when(atMost(transactions, zero), tripsMs, quotient(product(held, msPerSecond), transactions));
  return ladder.map((count) => option(brief, count, held, heldMs));
}

function option(brief: Brief, count: number, held: Formula, heldMs: Formula): OptionRule {
  const { model, quantities } = brief;
  const connections = exact(count);
  const wait = named(
    `pool-size.${count}.wait`,
    `wait of one transaction in a hundred for one of ${count} connections`,
    "ms",
    least(call(waitP99, held, connections, heldMs), product(exact(60), msPerSecond)),
  );
  const excess = quotient(connections, connectionsAtFullSpeed(brief));
  const slower = product(heldMs, difference(power(greatest(one, excess), slowdown), one));
  return {
    id: `connections-${count}`,
    title: `${count} connections`,
    needs: [
      needAtMost(
        named(
          "pool-size.held",
          "connections that transactions hold at the peak, headroom included",
          "count",
          product(held, marginOf(brief)),
        ),
        connections,
        "transactions come faster than connections are given back",
      ),
      needAtMost(wait, product(quantities.promises.tightestP99, waitShare), "waiting for a connection eats up the promised p99"),
    ],
    latencyMs: wait,
    figures: [
      { id: "connections", words: "connections to a primary", unit: "count", formula: connections },
      { id: "held", words: "connections in use at the peak", unit: "count", formula: held },
      { id: "held-ms", words: "how long a transaction holds one", unit: "ms", formula: heldMs },
      { id: "slowdown", words: "what a transaction takes longer when all are in use", unit: "ms", formula: slower },
      { id: "memory", words: "MB of the database's memory", unit: "count", formula: product(connections, connectionMegabytes) },
    ],
    score: sum(wait, slower),
    because: `At the peak of ${model.name} ${count} are enough for nearly everybody to find one free.`,
    consequence: `The transaction that finds all ${count} in use waits, instead of slowing the others down.`,
  };
}
