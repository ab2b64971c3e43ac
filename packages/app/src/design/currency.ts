import { UsageError } from "../command.ts";

/** @throws UsageError if the bills of two designs cannot be held against each other. */
export function refuseOtherCurrency(today: string, proposed: string): void {
  if (today === proposed) return;
  throw new UsageError({
    what: `What stands today is reckoned in ${today}, and the proposed in ${proposed}.`,
    why: "Two bills in different currencies say nothing of each other.",
    fix: `Give both models a budget in the same currency: budget: "600 ${proposed}/month".`,
  });
}
