import { tellsOfThePast } from "../../english.ts";
import { defineRule } from "../../rule.ts";

export const eventIsPastTense = defineRule({
  code: "interface/event-is-past-tense",
  severity: "info",
  message: "The event {event} does not say what has happened.",
  why: "An event tells of the past. A name that sounds like an order is read as one, and then its emitter waits for somebody to carry it out.",
  fix: "Name it after what is done by then, such as OrderPlaced or PaymentFailed.",
  check({ model }, report) {
    for (const { id, name, integration } of model.events) {
      if (integration === undefined && !tellsOfThePast(name)) report(id, { event: id });
    }
  },
});
