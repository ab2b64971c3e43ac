import { atomicWithin, expressionInWords, routesOf, successStatusOf, type Operation, type Step, type StepKind } from "@archwright/model";
import { returnedWords } from "../../emit/mermaid/returned-words.ts";
import { listed, shortName } from "../../lint/phrases.ts";
import type { Sequence } from "../block.ts";
import type { Subject } from "../section.ts";
import { chosenOption, decisionOn, isDecided } from "./decided.ts";

type Message = Sequence["messages"][number];
type Participant = Sequence["participants"][number];

const database: Participant = { id: "database", label: "PostgreSQL" };
const relay: Participant = { id: "relay", label: "relay" };
const contextOf = (name: string): Participant => ({ id: `context ${name}`, label: name });
const thirdParty = (name: string): Participant => ({ id: `third ${name}`, label: `${name}\nthird party` });

/** Who says what to whom when a command runs: the request, its steps, the answer, and what follows once it is done. */
export function commandSequence(subject: Subject, operation: Operation): Sequence {
  const route = routesOf(subject.model).find((one) => one.kind === "operation" && one.operation === operation.id);
  const caller: Participant = { id: "caller", label: route?.roles.kind === "roles" ? listed(route.roles.roles) : operation.allow.kind };
  const self = contextOf(operation.context);
  const asked: Message = {
    from: caller.id,
    to: self.id,
    text: `${route ? `${route.method} ${route.path}` : operation.name}${operation.idempotent === "required" ? ", with an Idempotency-Key" : ""}`,
    line: "solid",
  };
  const words = returnedWords(operation.returns);
  const status = route ? `${successStatusOf(subject.model, route)} ` : "";
  const answered: Message = { from: self.id, to: caller.id, text: `${status}${words === "" ? "done" : words}`, line: "dashed" };
  const talk: Talk = { subject, messages: [asked], participants: new Map([caller, self].map((one) => [one.id, one])) };
  stepsOf(talk, operation);
  talk.messages.push(answered);
  followed(talk, operation);
  return { participants: inOrder(talk), messages: talk.messages };
}

/** A sequence while it is written down. */
interface Talk {
  readonly subject: Subject;
  readonly messages: Message[];
  readonly participants: Map<string, Participant>;
}

function say({ messages, participants }: Talk, from: Participant, to: Participant, text: string, line: Message["line"] = "solid"): void {
  participants.set(from.id, participants.get(from.id) ?? from);
  participants.set(to.id, participants.get(to.id) ?? to);
  messages.push({ from: from.id, to: to.id, text, line });
}

/** Ours to the left of the database, what works later and third parties to the right. */
function inOrder({ participants }: Talk): readonly Participant[] {
  const rankOf = ({ id }: Participant): number =>
    id === "caller" ? 0 : id.startsWith("context ") ? 1 : id === database.id ? 2 : id === relay.id ? 3 : 4;
  return [...participants.values()].sort((left, right) => rankOf(left) - rankOf(right));
}

function stepsOf(talk: Talk, operation: Operation): void {
  const { implementation } = operation;
  if (implementation.kind === "body")
    for (const step of implementation.body.steps) stepSaid({ talk, operation, before: "", within: new Set([operation.id]) }, step);
  else declaredSteps(talk, operation);
}

/** Code and designs say what they touch, not in which order: third parties are asked before a transaction that writes. */
function declaredSteps(talk: Talk, { context, reads, writes, emits, id }: Operation): void {
  const self = contextOf(context);
  for (const entity of reads) say(talk, self, database, `read ${shortName(entity)}`);
  for (const callee of talk.subject.facts.calls.calleesOf(id)) {
    const other = callee.kind === "external" ? thirdParty(callee.integration.name) : contextOf(callee.operation.context);
    const answer =
      callee.kind === "external" ? callee.call.returns.map(({ name }) => name).join(", ") : returnedWords(callee.operation.returns);
    say(
      talk,
      self,
      other,
      callee.kind === "external" ? callee.call.name : `${callee.operation.name}${callee.inside ? ", in the same transaction" : ""}`,
    );
    if (other.id !== self.id) say(talk, other, self, answer === "" ? "done" : answer, "dashed");
  }
  if (writes.length > 0) say(talk, self, database, `write ${listed(writes.map(shortName))}, in one transaction`);
  for (const event of emits) say(talk, self, database, `keep ${shortName(event)} with the change`);
}

interface Place {
  readonly talk: Talk;
  readonly operation: Operation;
  /** What stands before the words of steps that are repeated. */
  readonly before: string;
  readonly within: ReadonlySet<string>;
}

function stepSaid(place: Place, step: Step): void {
  const speak = speaking[step.kind] as (place: Place, step: Step) => void; // The table below has one for each kind.
  speak(place, step);
}

type Speaking = { readonly [K in StepKind]: (place: Place, step: Extract<Step, { readonly kind: K }>) => void };

const speaking: Speaking = {
  get: (place, { entity }) => toDatabase(place, `read ${shortName(entity)}`),
  page: (place, { entity }) => toDatabase(place, `read a page of ${shortName(entity)}`),
  require: ({ talk, operation: { context }, before }, { condition, otherwise }) =>
    say(talk, contextOf(context), contextOf(context), `${before}${expressionInWords(condition)}, or ${otherwise}`),
  create: (place, { entity }) => toDatabase(place, `create ${shortName(entity)}`),
  update: (place, { entity, values }) => toDatabase(place, `update ${shortName(entity)}: ${Object.keys(values).join(", ")}`),
  transition: (place, { entity, to, otherwise }) =>
    toDatabase(place, `${shortName(entity)} becomes ${Object.values(to).join(", ")}${orElse(otherwise)}`),
  change: (place, { entity, direction, by, otherwise }) =>
    toDatabase(place, `${direction} ${Object.keys(by).join(", ")} of ${shortName(entity)}${orElse(otherwise)}`),
  remove: (place, { entity }) => toDatabase(place, `delete ${shortName(entity)}`),
  each: (place, { list, steps }) => {
    for (const step of steps) stepSaid({ ...place, before: `for each of ${expressionInWords(list)}: ` }, step);
  },
  atomic: ({ talk, operation, before, within }, { operation: id }) => {
    const callee = talk.subject.facts.items.operations.get(id);
    if (!callee) return;
    const [self, other] = [contextOf(operation.context), contextOf(callee.context)];
    say(talk, self, other, `${before}${callee.name}, in the same transaction`);
    if (!within.has(id)) {
      if (callee.implementation.kind === "body")
        for (const step of callee.implementation.body.steps)
          stepSaid({ talk, operation: callee, before: "", within: new Set([...within, id]) }, step);
      else declaredSteps(talk, callee);
    }
    if (other.id !== self.id) say(talk, other, self, returnedWords(callee.returns) || "done", "dashed");
  },
  emit: (place, { event }) => toDatabase(place, `keep ${shortName(event)} with the change`),
};

function toDatabase({ talk, operation: { context }, before }: Place, text: string): void {
  say(talk, contextOf(context), database, `${before}${text}`);
}

/** The relay brings the events to whoever reacts, and messages to their ways. */
function followed(talk: Talk, operation: Operation): void {
  const { model, facts, design } = talk.subject;
  const broker = decisionOn(design, "broker");
  const carrier: Participant =
    broker && !isDecided(design, "broker", "postgres-outbox")
      ? { id: "relay", label: chosenOption(broker).title.split(",")[0] ?? relay.label }
      : relay;
  const events = [...new Set([operation, ...atomicWithin(model, operation)].flatMap(({ emits }) => emits))];
  for (const event of events) {
    const reactions = facts.events.reactionsTo(event).flatMap(({ command }) => facts.items.operations.get(command) ?? []);
    const messages = facts.events.messagesOn(event);
    if (reactions.length + messages.length === 0) continue;
    say(talk, database, carrier, shortName(event), "dashed");
    for (const reaction of reactions) {
      say(talk, carrier, contextOf(reaction.context), reaction.name, "dashed");
      for (const callee of facts.calls.calleesOf(reaction.id))
        if (callee.kind === "external") say(talk, contextOf(reaction.context), thirdParty(callee.integration.name), callee.call.name);
    }
    for (const { name, by } of messages) say(talk, carrier, { id: `third ${by.join()}`, label: listed(by) }, name, "dashed");
  }
}

const orElse = (otherwise: string | undefined): string => (otherwise === undefined ? "" : `, or ${otherwise}`);
