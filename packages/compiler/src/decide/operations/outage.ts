import { constant, difference, named, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { msPerSecond, secondsPerMonth } from "../../quantities/given.ts";
import { needAtMost, type Brief, type Need, type OptionRule } from "../rule.ts";

const outages = constant(
  "on-call-outages",
  "outages in a month that only a person ends, whatever part of the system each takes away",
  0.1,
  "count",
  "general",
  "one in ten months",
  [0.02, 1],
);
const repair = constant(
  "on-call-repair",
  "time that the repair takes",
  3_600,
  "s",
  "general",
  "an hour, once somebody is there",
  [600, 14_400],
);

/** How long an outage waits for a person: in seconds, on the average and at the longest. */
export interface Wait {
  readonly mean: Formula;
  readonly most: Formula;
}

/** What it leaves of what is promised. */
export function outagesWaiting(
  { model, quantities }: Brief,
  id: string,
  { mean, most }: Wait,
): Pick<OptionRule, "availability" | "figures"> & { readonly needs: readonly Need[] } {
  const { promises } = quantities;
  const down = named(
    `on-call.${id}.down`,
    "downtime of a month by outages that only a person ends",
    "s",
    product(outages, sum(mean, repair)),
  );
  const isPromised = model.requirements.rtoMs !== undefined;
  return {
    needs: [
      needAtMost(down, promises.downSecondsEach, "outages that wait for somebody would use up the error budget"),
      // An assumed time to be back says nothing of nights and weekends.
      ...(isPromised
        ? [
            needAtMost(
              named(`on-call.${id}.longest-wait`, "the longest until somebody is there", "ms", product(most, msPerSecond)),
              promises.rtoMs,
              "the promised time to be back runs on while nobody is there",
            ),
          ]
        : []),
    ],
    availability: difference(one, quotient(down, secondsPerMonth)),
    figures: [
      { id: "down", words: "downtime of a month by outages that only a person ends", unit: "s", formula: down },
      { id: "longest", words: "the longest until somebody is there", unit: "s", formula: most },
    ],
  };
}
