import { sum, type Formula } from "../../formulas/formula.ts";
import { queueMs } from "../messaging/broker-limits.ts";
import type { Brief } from "../rule.ts";

/** How long it takes from a commit until a reaction runs; by way of a queue in PostgreSQL where the model has no events yet. */
export function eventDelayOf({ decidedIfAny }: Pick<Brief, "decidedIfAny">): Formula {
  const [relay, broker] = [decidedIfAny("relay"), decidedIfAny("broker")];
  return broker ? sum(...(relay ? [relay.figure("delay")] : []), broker.figure("delivery-ms")) : queueMs;
}
