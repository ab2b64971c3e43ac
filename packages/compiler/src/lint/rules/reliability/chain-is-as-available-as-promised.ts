import type { Model, Operation } from "@archwright/model";
import { duration, listed, percent } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const chainIsAsAvailableAsPromised = defineRule({
  code: "reliability/chain-is-as-available-as-promised",
  severity: "error",
  message: "{caller} has to be available for {promise}, and what it waits for leaves {chain}: {callees}.",
  why: "A chain works while all of its links do: {actual} of failure in 30 days, where {allowed} are promised.",
  fix: "Take a link out of the request (a reaction to an event, a copy of its data), or promise {chain}.",
  check({ model, availabilityOf }, report) {
    for (const operation of model.operations) {
      const promise = promiseOf(operation, model);
      const { share, parts } = availabilityOf(operation.id);
      if (promise === undefined || share >= promise - roundingError) continue;
      report([operation.id, ...parts.map(({ callee }) => callee)], {
        caller: operation.id,
        promise: percent(promise),
        chain: percent(share),
        callees: listed(parts.map((part) => `${part.callee} (${percent(part.share)})`)),
        actual: downtime(share),
        allowed: downtime(promise),
      });
    }
  },
});

/** What the system promises, or the context in its stead, holds for everything that users can call. */
function promiseOf({ slo, allow, context }: Operation, { contexts, requirements }: Model): number | undefined {
  if (slo?.availability !== undefined || allow.kind === "system") return slo?.availability;
  return contexts.find(({ name }) => name === context)?.availability ?? requirements.availability;
}

const downtime = (share: number): string => duration(Math.round((1 - share) * 30 * 24 * 60) * 60_000);

const roundingError = 1e-9;
