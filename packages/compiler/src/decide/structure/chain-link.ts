import type { Operation } from "@archwright/model";
import type { Callee } from "../../facts/call-graph.ts";
import { isReading } from "../../facts/third-parties.ts";
import { difference, not, one, product, sum, type Formula } from "../../formulas/formula.ts";
import { needAtMost, type Brief, type Need } from "../rule.ts";
import { hopAvailability, hopMs } from "./process-cost.ts";
import type { inOneProcess } from "./process-groups.ts";

/** What one callee adds to the chain. */
export interface Link {
  readonly name: string;
  readonly p99: Formula;
  readonly availability: Formula;
  /** Whether an earlier answer can stand in for it: it only reads, and nothing is changed by what it says. */
  readonly isReplaceable: boolean;
  readonly overLimit?: Need;
}

export function linkOf({ quantities }: Brief, caller: Operation, callee: Callee, isTogether: ReturnType<typeof inOneProcess>): Link {
  const { promises, load } = quantities;
  if (callee.kind === "external") {
    const limit = promises.callLimitOf(callee.id);
    const name = `${callee.call.name} of ${callee.integration.name}`;
    return {
      name,
      p99: promises.callP99Of(callee.id),
      availability: promises.callAvailabilityOf(callee.id),
      isReplaceable: callee.integration.onFailure?.then === "degrade" || (caller.kind === "query" && isReading(callee.call.name)),
      ...(limit && {
        overLimit: needAtMost(load.peakOf(callee.id), limit, `${callee.integration.name} refuses more calls of ${callee.call.name}`),
      }),
    };
  }
  const apart = not(isTogether(caller.context, callee.operation.context));
  return {
    name: callee.operation.name,
    p99: sum(promises.p99Of(callee.id), product(apart, hopMs)),
    availability: product(promises.chainAvailabilityOf(callee.id), difference(one, product(apart, difference(one, hopAvailability)))),
    isReplaceable: callee.operation.kind === "query" && (caller.kind === "query" || callee.operation.staleMs !== undefined),
  };
}

export const waitOf = (links: readonly Link[]): Formula => sum(...links.map(({ p99 }) => p99));
export const availabilityOf = (links: readonly Link[]): Formula => product(one, ...links.map(({ availability }) => availability));
