import { constant, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, counted, secondsPerMonth } from "../../quantities/given.ts";
import type { Brief, OptionRule } from "../rule.ts";

const bytesEach = constant(
  "telemetry-bytes",
  "bytes of log and trace for a request",
  1_500,
  "bytes",
  "general",
  "a line and five spans; to be measured",
  [400, 10_000],
);
const metricsEach = constant("telemetry-metrics", "metrics of an operation", 3, "count", "general", "rate, errors, duration", [2, 12]);
const metricsBase = constant(
  "telemetry-base",
  "metrics of processes, pools and queues",
  20,
  "count",
  "general",
  "processor, memory, connections, lags",
  [10, 100],
);

/** Of the share of requests of which something is kept, and of the metrics of all. */
export function telemetryCost({ model, quantities, price }: Brief, share: Formula): Pick<OptionRule, "bill" | "hoursPerMonth" | "figures"> {
  const gigabytes = quotient(product(quantities.load.mean, secondsPerMonth, bytesEach, share), bytesPerGigabyte);
  const measured = counted("telemetry.measured", "operations and calls that are measured", measuredOf(model), model.name);
  const metrics = sum(product(measured, metricsEach), metricsBase);
  return {
    bill: [
      { component: "telemetry", words: "logs and traces", cost: product(gigabytes, price("logs")) },
      { component: "telemetry", words: "metrics", cost: product(metrics, price("metrics")) },
    ],
    hoursPerMonth: zero,
    figures: [
      { id: "kept", words: "share of requests of which something is kept", unit: "share", formula: share },
      { id: "gigabytes", words: "GB of logs and traces in a month", unit: "count", formula: gigabytes },
    ],
  };
}

const measuredOf = ({ operations, integrations, jobs }: Brief["model"]): number =>
  operations.length + jobs.length + integrations.reduce((total, { calls }) => total + calls.length, 0);
