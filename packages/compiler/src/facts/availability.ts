import type { CallGraph, Callee } from "./call-graph.ts";
import type { Items } from "./items.ts";
import { memo } from "./memo.ts";
import { failsItsCaller } from "./third-parties.ts";

/** What the synchronous chain below an operation leaves of its availability. */
export interface ChainAvailability {
  /**
   * Π of the availabilities that the callees promise (catalogue of decisions, 5: five callees at 99.9 % are 99.5 %). A callee that promises
   * nothing is as available as its context promises; and where that promises nothing either, it counts with the product of its own
   * callees. A third party counts where the model states its availability. So a chain without any promise is 1.
   *
   * Left out, all in the chain's favour: third parties of which nothing is stated or whose failure is survived, what runs inside the
   * caller's own transaction, which fails together with it, and what else a context is asked for once its promise has been counted.
   * Failures are taken as independent.
   */
  readonly share: number;
  readonly parts: readonly AvailabilityPart[];
}

interface AvailabilityPart {
  readonly callee: string;
  readonly share: number;
}

export function availabilityOf({ calleesOf }: CallGraph, { contexts, operations }: Items): (id: string) => ChainAvailability {
  const chain: (id: string) => ChainAvailability = memo(
    (id) => {
      const parts = partsBelow(calleesOf(id), operations.get(id)?.context).filter(({ share }) => share < 1);
      return { share: parts.reduce((product, part) => product * part.share, 1), parts };
    },
    { share: 1, parts: [] },
  );
  return chain;

  // What is of one context fails together: its promise counts once, and not at all for its own operations.
  function partsBelow(callees: readonly Callee[], own: string | undefined): readonly AvailabilityPart[] {
    const counted = new Set<string>();
    return callees.flatMap((callee) => {
      if (callee.kind === "external") {
        const { availability } = callee.call;
        return availability === undefined || !failsItsCaller(callee) ? [] : [{ callee: callee.id, share: availability }];
      }
      if (callee.inside) return [];
      const { slo, context } = callee.operation;
      const ofContext = contexts.get(context)?.availability;
      if (slo?.availability !== undefined) return [{ callee: callee.id, share: slo.availability }];
      if (ofContext === undefined || context === own) return [{ callee: callee.id, share: chain(callee.id).share }];
      if (counted.has(context)) return [];
      counted.add(context);
      return [{ callee: callee.id, share: ofContext }];
    });
  }
}
