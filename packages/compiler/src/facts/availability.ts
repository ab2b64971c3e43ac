import type { CallGraph } from "./call-graph.ts";
import { memo } from "./memo.ts";

/** What the synchronous chain below an operation leaves of its availability. */
export interface ChainAvailability {
  /**
   * Π of the availabilities that the callees promise (catalogue of decisions, 5: five callees at 99.9 % are 99.5 %). A callee that promises
   * nothing counts with the product of its own callees, so a chain without any promise is 1.
   *
   * Two things are left out, both in the chain's favour: third parties, whose availability no model states, and what runs inside
   * the caller's own transaction, which fails together with it. Failures are taken as independent.
   */
  readonly share: number;
  readonly parts: readonly { readonly callee: string; readonly share: number }[];
}

export function availabilityOf({ calleesOf }: CallGraph): (id: string) => ChainAvailability {
  const chain: (id: string) => ChainAvailability = memo(
    (id) => {
      const parts = calleesOf(id).flatMap((callee) => {
        if (callee.kind === "external" || callee.inside) return [];
        const share = callee.operation.slo?.availability ?? chain(callee.id).share;
        return share < 1 ? [{ callee: callee.id, share }] : [];
      });
      return { share: parts.reduce((product, part) => product * part.share, 1), parts };
    },
    { share: 1, parts: [] },
  );
  return chain;
}
