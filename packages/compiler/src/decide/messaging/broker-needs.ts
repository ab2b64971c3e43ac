import { difference, greatest, named, one, product, sum, zero } from "../../formulas/formula.ts";
import { oncePerModel } from "../once-per-model.ts";
import { needAtMost, type Brief, type Need } from "../rule.ts";
import * as limit from "./broker-limits.ts";
import { eventsWithReactions } from "./reacting.ts";
import { replayDays } from "./replay.ts";

export function queueNeeds(brief: Brief): readonly Need[] {
  const { model, quantities } = brief;
  const { deliveries, followersOf } = quantities.load;
  const mostFollowers = greatest(zero, ...model.events.map(({ id }) => followersOf(id)));
  return [
    needAtMost(
      deliveries,
      product(limit.queueCeiling, limit.queueShare),
      "the queue shares the database with the requests, and must leave it the greater part",
    ),
    needAtMost(mostFollowers, limit.followersMax, "each reaction is a row of its own in the same database"),
    needAtMost(replayDays(model), limit.queueReplayDays, "old events would crowd the tables of the requests"),
    bytesNeed(brief),
  ];
}

/** A queue service forgets what was received, and keeps order only so fast. */
export function sqsNeeds(brief: Brief): readonly Need[] {
  const { model, facts, quantities, decided } = brief;
  const { load, volume } = quantities;
  const ordered = eventsWithReactions(facts).map(({ id }) => {
    const rate = product(load.eventPeakOf(id), load.followersOf(id));
    const order = decided("ordering", id);
    return { keyed: product(rate, difference(one, order.is("none"))), inLine: product(rate, order.is("global")) };
  });
  return [
    needAtMost(sum(...ordered.map(({ keyed }) => keyed)), limit.fifoCeiling, "its queues that keep order do no more"),
    needAtMost(greatest(zero, ...ordered.map(({ inLine }) => inLine)), limit.lineCeiling, "one line is one group, and does no more"),
    needAtMost(
      greatest(zero, ...model.events.map(({ id }) => volume.eventBytesOf(id))),
      limit.sqsMessageBytes,
      "a message may not be larger",
    ),
    noReplay(brief),
  ];
}

export const noReplay = ({ model }: Brief): Need => needAtMost(replayDays(model), zero, "a queue forgets what has been received");

export const bytesNeed = (brief: Brief): Need =>
  needAtMost(eventBytes(brief), limit.bytesCeiling, "so many bytes a second need a log that writes them one after the other");

const eventBytes = oncePerModel(({ model, quantities: { load, volume } }) => {
  const bytes = sum(...model.events.map(({ id }) => product(load.eventPeakOf(id), volume.eventBytesOf(id))));
  return named("events.bytes", "bytes of events in a second at the peak", "bytes", bytes);
});
