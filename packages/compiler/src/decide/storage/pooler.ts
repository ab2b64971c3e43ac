import { constant, greatest, one, product, when, zero, type Formula } from "../../formulas/formula.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionFigure, type OptionRule } from "../rule.ts";
import { processesOf } from "../resilience/processes.ts";
import { connectionsAtFullSpeed } from "./pool-size.ts";
import { copiesOf } from "./postgres-limits.ts";

const leastOfProcess = constant(
  "pooler-least",
  "connections that a process opens at least",
  4,
  "count",
  "measured",
  "our runtime: some for requests, some of its own for background work",
  [2, 20],
);
const timesMax = constant(
  "pooler-times",
  "times the connections at full speed that may be open",
  3,
  "count",
  "sourced",
  "catalogue of decisions, 8",
);
const openMax = constant(
  "pooler-open",
  "connections beyond which a pooler is worth its keep",
  100,
  "count",
  "sourced",
  "catalogue of decisions, 8; the default of max_connections",
);
const tripMs = constant(
  "pooler-trip",
  "what a pooler in between adds",
  0.2,
  "ms",
  "general",
  "a hop within a zone; to be measured",
  [0.05, 1],
);
const up = constant(
  "pooler-up",
  "availability of two poolers",
  0.9999,
  "share",
  "general",
  "connections break when one is replaced",
  [0.999, 0.99999],
);
const hours = constant(
  "pooler-hours",
  "hours in a month for poolers",
  1,
  "hours",
  "general",
  "versions, limits, one more place to look",
  [0.3, 4],
);
const cores = constant("pooler-cores", "processors of a pooler", 0.25, "cores", "general", "it uses one thread, mostly idle", [0.25, 1]);

/** Catalogue of decisions, 8. */
export const pooler: DecisionRule = {
  id: "pooler",
  area: "storage",
  question: "Do processes share connections through a pooler?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 8 (pgbouncer)", "OpenAI: connecting took 5 ms in place of 50 behind PgBouncer"],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decided } = brief;
  const hosting = decided("hosting");
  const pool = decided("pool-size").figure("connections");
  const open = greatest(pool, product(processesOf(brief), leastOfProcess));
  return [
    {
      id: "none",
      title: "no pooler",
      needs: [
        needAtMost(open, product(timesMax, connectionsAtFullSpeed(brief)), "connections in excess slow each other down"),
        needAtMost(open, openMax, "each open connection costs the database memory, and a restart opens all of them at once"),
        needThatNot(hosting.is("serverless"), "every function that wakes would open a connection of its own"),
      ],
      bill: [],
      hoursPerMonth: zero,
      latencyMs: zero,
      availability: one,
      figures: openFigure(open),
      because: `The processes of ${model.name} are few enough to hold their own connections.`,
      consequence: "More processes mean more open connections, busy or not.",
    },
    {
      id: "pgbouncer-transaction",
      title: "PgBouncer, a connection for each transaction",
      bill: [
        {
          component: "pooler",
          words: "processors of the poolers",
          // What functions need as a pool is on the bill of the hosting.
          cost: when(hosting.is("serverless"), zero, product(copiesOf(brief), cores, hosting.figure("core-price"))),
        },
      ],
      hoursPerMonth: hours,
      latencyMs: tripMs,
      availability: up,
      figures: openFigure(pool),
      because: `However many processes ${model.name} runs, the database sees only as many connections as it can work on.`,
      consequence: "What lasts longer than a transaction is not possible through it: LISTEN, advisory locks of a session, SET.",
    },
  ];
}

const openFigure = (open: Formula): readonly OptionFigure[] => [
  { id: "open", words: "connections that a primary holds open", unit: "count", formula: open },
];
