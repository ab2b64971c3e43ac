import { assumedOf } from "@archwright/model";
import { isQueued } from "../../../facts/third-parties.ts";
import { rate } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const queueDrains = defineRule({
  code: "capacity/queue-drains",
  severity: "error",
  message: "{call} takes {limit}, and on average {mean} wait for it in a queue.",
  why: "The queue has no length at which it stays: after a day {backlog} calls wait in it, and the last of them for {delay}.",
  fix: "Ask {integration} for more than {mean}, send several in one call, or drop what is not worth waiting for.",
  check(facts, report) {
    for (const { call, integration } of facts.items.externalCalls.values()) {
      const limit = assumedOf(call.limitPerSecond ?? Number.POSITIVE_INFINITY);
      const { mean } = facts.rateOf(call.id);
      if (mean <= limit || !isQueued({ call, integration }, facts)) continue;
      const backlog = Math.round((mean - limit) * 86_400);
      report([call.id, ...facts.calls.callersOf(call.id).map(({ id }) => id)], {
        call: call.id,
        limit: rate(limit),
        mean: rate(mean),
        backlog: backlog.toLocaleString("en-US"),
        delay: `${Number((backlog / limit / 3_600).toPrecision(2))} h`,
        integration: integration.name,
      });
    }
  },
});
