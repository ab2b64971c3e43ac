import { constant, difference, one, product, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, counted } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";
import { clientKindsOf, internetTripMs } from "./client-kinds.ts";
import type { ClientWrites } from "./client-writes.ts";

const toMeasure = "to be measured in the app";
const toCalibrate = "to be calibrated by the team";
const mobileMissing = constant(
  "client-sync-mobile",
  "share of the time in which a telephone has no network",
  0.015,
  "share",
  "general",
  toMeasure,
  [0.003, 0.1],
);
const webMissing = constant(
  "client-sync-web",
  "share of the time in which a browser has no network",
  0.0005,
  "share",
  "general",
  toMeasure,
  [0.0001, 0.01],
);
const hitShare = constant(
  "client-sync-hits",
  "share of what is read that a client already holds",
  0.7,
  "share",
  "general",
  toMeasure,
  [0.3, 0.95],
);
const cachedHours = constant(
  "client-sync-cached",
  "hours in a month for answers that clients keep",
  2,
  "hours",
  "general",
  toCalibrate,
  [0.5, 8],
);
const offlineHours = constant(
  "client-sync-offline",
  "hours in a month for a store in the app and its exchange",
  10,
  "hours",
  "general",
  toCalibrate,
  [4, 40],
);
const entityHours = constant(
  "client-sync-entity",
  "hours in a month for each entity that is changed without a network",
  2,
  "hours",
  "general",
  toCalibrate,
  [0.5, 8],
);
const settleHours = constant(
  "client-sync-settle",
  "hours to settle two changes that contradict each other",
  0.02,
  "hours",
  "general",
  "a minute of somebody",
  [0, 0.2],
);
export const awayShare = constant(
  "client-sync-away-share",
  "share of changes that are made without a network",
  0.05,
  "share",
  "general",
  toMeasure,
  [0.005, 0.5],
);
export const awayMs = assumed({
  id: "client-sync.away",
  words: "time that a device stays without a network",
  unit: "ms",
  value: 4 * 3_600_000,
  range: [60_000, 72 * 3_600_000],
  ask: "For how long does the app have to work without a network?",
  because: "the model has no word for it",
});
export const bearable = assumed({
  id: "client-sync.bearable",
  words: "share of uses that may fail for want of a network",
  unit: "share",
  value: 0.01,
  range: [0.001, 0.05],
  ask: "How many of a hundred uses may fail because there is no network?",
  because: "the model has no word for it",
});

/** What it means for a use, for the traffic and for the team where a client keeps so much. */
export interface SyncTerms {
  /** Share of uses that fail for want of a network. */
  readonly missing: Formula;
  /** Share of answers that is still sent. */
  readonly sent: Formula;
  readonly conflicts: Formula;
  readonly share: Formula;
  readonly hours: Formula;
  readonly latencyMs: Formula;
}

const unread = difference(one, hitShare);
const noConflicts = { conflicts: zero, share: zero };

export const onlineTerms = (brief: Brief): SyncTerms => ({
  ...noConflicts,
  missing: missingOf(brief),
  sent: one,
  hours: zero,
  latencyMs: internetTripMs,
});

export const cachedTerms = (brief: Brief): SyncTerms => ({
  ...noConflicts,
  missing: product(missingOf(brief), unread),
  sent: unread,
  hours: cachedHours,
  latencyMs: product(internetTripMs, unread),
});

export function offlineTerms({ model }: Brief, { entities, conflicts, conflictShare }: ClientWrites): SyncTerms {
  const count = counted("client.entities", "entities that clients change", entities.length, model.name);
  return {
    missing: zero,
    sent: unread,
    conflicts,
    share: conflictShare,
    hours: sum(offlineHours, product(count, entityHours), product(conflicts, settleHours)),
    latencyMs: zero,
  };
}

const missingOf = (brief: Brief): Formula => when(clientKindsOf(brief).mobile, mobileMissing, webMissing);
