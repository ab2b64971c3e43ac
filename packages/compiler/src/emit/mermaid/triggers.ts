import { errorsOf, successStatusOf, type Model, type Operation, type Route } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { listed } from "../../lint/phrases.ts";
import { message, operationParticipant, person, relay, thirdParty, type Participant } from "./participants.ts";
import { returnedWords } from "./returned-words.ts";

/** One way for a command to begin and to end: who asks, and what they hear. */
export interface Trigger {
  readonly participants: readonly Participant[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export function triggersOf(facts: Facts, operation: Operation, route: Route | undefined): readonly Trigger[] {
  const found = [
    ...(route ? [requestOf(facts.model, operation, route)] : []),
    ...callersOf(facts, operation),
    ...reactionsOf(facts, operation),
  ];
  return found.length > 0 ? found : [simpleTrigger(person("the system"), operation, operation.name)];
}

function requestOf(model: Model, operation: Operation, route: Route): Trigger {
  const caller = person(route.roles.kind === "roles" ? listed(route.roles.roles) : "anyone");
  const self = operationParticipant(operation);
  const errors = errorsOf(model, operation).map(({ status, name }) => `${status} ${name}`);
  const answer = [String(successStatusOf(model, route)), returnedWords(operation.returns)].filter((word) => word !== "").join(" ");
  return {
    participants: [caller],
    before: [message(caller, "->>", self, `${route.method} ${route.path}`)],
    after: [message(self, "-->>", caller, answer), ...(errors.length > 0 ? [message(self, "--x", caller, `or ${errors.join(", ")}`)] : [])],
  };
}

function callersOf({ items, calls }: Facts, operation: Operation): readonly Trigger[] {
  const self = operationParticipant(operation);
  return calls.callersOf(operation.id).map(({ kind, id, inside }) => {
    const caller = operationParticipant({ id });
    const words = inside ? `${operation.name}, in its transaction` : operation.name;
    const answer = returnedWords(operation.returns);
    const hears = kind === "operation" && answer !== "" && items.operations.has(id);
    return {
      participants: [caller],
      before: [message(caller, "->>", self, words)],
      after: hears ? [message(self, "-->>", caller, answer)] : [],
    };
  });
}

function reactionsOf({ events, items }: Facts, operation: Operation): readonly Trigger[] {
  return events.reactionsBy(operation.id).flatMap(({ event: id }) => {
    const event = items.events.get(id);
    if (!event) return [];
    const run = message(relay, "->>", operationParticipant(operation), operation.name);
    if (event.integration !== undefined) {
      const sender = thirdParty(event.integration);
      return [{ participants: [sender, relay], before: [message(sender, "-)", relay, `${event.name} (webhook)`), run], after: [] }];
    }
    const emitters = events.emittersOf(id).map((emitter) => operationParticipant({ id: emitter }));
    return [
      {
        participants: [...emitters, relay],
        before: [...emitters.map((emitter) => message(emitter, "-)", relay, event.name)), run],
        after: [],
      },
    ];
  });
}

function simpleTrigger(caller: Participant, operation: Operation, words: string): Trigger {
  return { participants: [caller], before: [message(caller, "->>", operationParticipant(operation), words)], after: [] };
}
