import type { Facts } from "../facts/facts.ts";
import { exact, greatest, named, product, quotient, sum, zero, type Formula } from "../formulas/formula.ts";
import { askedLoad, type AskedLoad, type Which } from "./asked-load.ts";
import { counted, formulaOf, givenOr, secondsPerDay } from "./given.ts";

/** How often things happen, a second. */
export interface LoadFormulas {
  /** Of an operation, an external call or a job, by the id; everything that calls it or is answered by it included. */
  readonly meanOf: (id: string) => Formula;
  readonly peakOf: (id: string) => Formula;
  /** Of an event, at its peak. */
  readonly eventPeakOf: (event: string) => Formula;
  readonly eventMeanOf: (event: string) => Formula;
  /** How many reactions and messages follow one event: its fan-out. */
  readonly followersOf: (event: string) => Formula;
  /** Requests from outside, all operations together. */
  readonly mean: Formula;
  readonly peak: Formula;
  /** Events, and what has to be delivered of them, at the peak. */
  readonly events: Formula;
  readonly deliveries: Formula;
  /** The load in a year, over that of today. */
  readonly yearlyGrowth: Formula;
}

type RateOf = (id: string) => Formula;

export function loadFormulas(facts: Facts): LoadFormulas {
  const { model, events } = facts;
  const asked = askedLoad(facts);
  const outside = model.operations.filter(({ allow }) => allow.kind !== "system");
  const { rateOf: meanOf, eventRateOf: eventMeanOf } = ratesOf(facts, asked, "mean");
  const { rateOf: peakOf, eventRateOf: eventPeakOf } = ratesOf(facts, asked, "peak");
  const followersOf = formulaOf((event) => {
    const followers = events.reactionsTo(event).length + events.messagesOn(event).length;
    return counted(`${event}.followers`, `reactions and messages that follow ${event}`, followers, event);
  }, zero);
  const fromOutside = (which: Which): Formula => sum(...outside.map(({ id }) => asked.askedOf(id, which)));
  const deliveries = sum(...model.events.map(({ id }) => product(eventPeakOf(id), followersOf(id))));
  return {
    meanOf,
    peakOf,
    eventMeanOf,
    eventPeakOf,
    followersOf,
    mean: named("load.mean", "requests from outside, on the average", "/s", fromOutside("mean")),
    peak: named("load.peak", "requests from outside, at the peak", "/s", fromOutside("peak")),
    events: named("events.peak", "events at the peak", "/s", sum(...model.events.map(({ id }) => eventPeakOf(id)))),
    deliveries: named("deliveries.peak", "deliveries of events at the peak", "/s", deliveries),
    yearlyGrowth: yearlyGrowthOf(facts),
  };
}

function yearlyGrowthOf({ model }: Facts): Formula {
  const growth = givenOr(model.requirements.growthPerYear, model.name, {
    id: "growth",
    words: "growth of the load in a year",
    unit: "share",
    value: 0.3,
    range: [0, 2],
    ask: "By how much will the load grow in a year?",
    because: "no growth is stated",
  });
  return sum(exact(1), growth);
}

/** What comes from outside, plus what runs inside: calls, reactions and jobs. */
function ratesOf(
  { items, calls, events }: Facts,
  asked: AskedLoad,
  which: Which,
): { readonly rateOf: RateOf; readonly eventRateOf: RateOf } {
  const rateOf: RateOf = formulaOf((id) => (items.jobs.has(id) ? jobRate(id) : operationRate(id)), zero);
  const eventRateOf: RateOf = formulaOf((event) => named(`${event}.${which}`, `${which} rate of ${event}`, "/s", emittedRate(event)), zero);
  return { rateOf, eventRateOf };

  /** A load stated for what only the system may call is taken as the whole of it. */
  function operationRate(id: string): Formula {
    const reactions = events.reactionsBy(id).map(({ event }) => eventRateOf(event));
    const inner = sum(...calls.callersOf(id).map((caller) => rateOf(caller.id)), ...reactions);
    const operation = items.operations.get(id);
    const words = `${which} rate of ${operation?.name ?? id}`;
    if (operation?.allow.kind !== "system")
      return named(`${id}.${which}.all`, `${words}, calls from inside included`, "/s", sum(asked.askedOf(id, which), inner));
    const said = asked.statedOf(id, which);
    return named(`${id}.${which}.all`, words, "/s", said ? greatest(said, inner) : inner);
  }

  function emittedRate(event: string): Formula {
    const emitters = events.emittersOf(event);
    if (emitters.length > 0) return sum(...emitters.map(rateOf));
    const sender = items.events.get(event)?.integration;
    return sender === undefined ? zero : webhookRate(sender);
  }

  /** A third party tells us about what we asked of it: its events come as often as our calls. */
  function webhookRate(integration: string): Formula {
    const ours = items.integrations.get(integration)?.calls.map(({ id }) => id) ?? [];
    return ours.length > 0 ? greatest(...ours.map(rateOf)) : asked.rare(which);
  }

  function jobRate(id: string): Formula {
    const job = items.jobs.get(id);
    const perDay = job?.when.kind === "every" ? 86_400_000 / job.when.everyMs : 1;
    return quotient(counted(`${id}.runs-per-day`, `runs of ${job?.name ?? id} in a day`, perDay, id), secondsPerDay);
  }
}
