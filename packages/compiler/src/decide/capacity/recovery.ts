import { constant, sum, type Formula } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";

/** How long it takes to be back after a disaster, in milliseconds. */

const inAnotherZone = constant(
  "zones-rebuild",
  "time to set up anew in another zone, before the data come back",
  900_000,
  "ms",
  "sourced",
  "catalogue of decisions, 41: a second zone where less than 15 min is promised",
  [600_000, 7_200_000],
);
const inAnotherRegion = constant(
  "regions-elsewhere",
  "time to set up anew in another region, before the data come back",
  3_600_000,
  "ms",
  "sourced",
  "catalogue of decisions, 42: an hour",
  [1_800_000, 28_800_000],
);

/** Until a standby region has taken over. */
export const takeOver = constant(
  "regions-take-over",
  "time until a standby region has taken over",
  900_000,
  "ms",
  "general",
  "to be rehearsed",
  [300_000, 3_600_000],
);
/** Until names point away from a lost region whose twin answers already. */
export const turnAway = constant(
  "regions-turn-away",
  "time until names point away from a lost region",
  60_000,
  "ms",
  "general",
  "names that live for a minute",
  [30_000, 300_000],
);

export const backInAnotherZoneMs = ({ quantities }: Brief): Formula => sum(inAnotherZone, quantities.volume.restoreMs);
export const backInAnotherRegionMs = ({ quantities }: Brief): Formula => sum(inAnotherRegion, quantities.volume.restoreMs);
