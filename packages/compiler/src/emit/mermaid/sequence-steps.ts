import { expressionInWords, type Operation, type Step, type StepKind } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { duration, shortName } from "../../lint/phrases.ts";
import type { Block } from "../text.ts";
import { sentence } from "./label.ts";
import { database, message, note, operationParticipant, thirdParty, type Participant } from "./participants.ts";
import { returnedWords } from "./returned-words.ts";

/** What an operation does, in the order in which it does it. */
export function stepsOf(facts: Facts, operation: Operation): readonly Block[] {
  const { implementation, writes, atomic } = operation;
  const self = operationParticipant(operation);
  switch (implementation.kind) {
    case "none":
      return [note([self], "not built yet"), ...handlerLines(facts, operation)];
    case "handler":
      return [note([self], "written in code, which may do these in another order"), ...handlerLines(facts, operation)];
    case "body": {
      const lines = implementation.body.steps.flatMap((step) => stepLines({ facts, self, within: new Set([operation.id]) }, step));
      return writes.length > 0 || atomic.length > 0 ? transaction(self, lines) : lines;
    }
  }
}

/** Whose step it is, and which operations it is within: one that runs itself is not followed twice. */
interface Place {
  readonly facts: Facts;
  readonly self: Participant;
  readonly within: ReadonlySet<string>;
}

type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>;

function stepLines(place: Place, step: Step): readonly Block[] {
  const lines = steps[step.kind] as (place: Place, step: Step) => readonly Block[]; // The table below has one for each kind.
  return lines(place, step);
}

const steps: { readonly [K in StepKind]: (place: Place, step: StepOf<K>) => readonly Block[] } = {
  get: ({ self }, { entity }) => [message(self, "->>", database, `read ${shortName(entity)}`)],
  page: ({ self }, { entity, where }) => [
    message(self, "->>", database, `read a page of ${shortName(entity)}${where ? ` where ${expressionInWords(where)}` : ""}`),
  ],
  require: ({ self }, { condition, otherwise }) => [message(self, "->>", self, `${expressionInWords(condition)}, or ${otherwise}`)],
  create: ({ self }, { entity }) => [message(self, "->>", database, `create ${shortName(entity)}`)],
  update: ({ self }, { entity, values }) => [
    message(self, "->>", database, `update ${shortName(entity)}: ${Object.keys(values).join(", ")}`),
  ],
  transition: ({ self }, { entity, to, otherwise }) => [
    message(self, "->>", database, `${shortName(entity)}: ${moves(to)}${orElse(otherwise)}`),
  ],
  change: ({ self }, { entity, direction, by, otherwise }) => [
    message(self, "->>", database, `${direction} ${Object.keys(by).join(", ")} of ${shortName(entity)}${orElse(otherwise)}`),
  ],
  remove: ({ self }, { entity }) => [message(self, "->>", database, `delete ${shortName(entity)}`)],
  each: (place, { list, steps: inner }) => [
    `loop ${sentence(`for each of ${expressionInWords(list)}`)}`,
    inner.flatMap((step) => stepLines(place, step)),
    "end",
  ],
  atomic: (place, { operation }) => atomicLines(place, operation),
  emit: ({ self }, { event }) => [message(self, "->>", database, `keep ${shortName(event)} for the relay`)],
};

function atomicLines({ facts, self, within }: Place, id: string): readonly Block[] {
  const operation = facts.items.operations.get(id);
  if (!operation) return [];
  const callee = operationParticipant(operation);
  const place = { facts, self: callee, within: new Set([...within, id]) };
  const { implementation } = operation;
  const inner = within.has(id)
    ? []
    : implementation.kind === "body"
      ? implementation.body.steps.flatMap((step) => stepLines(place, step))
      : handlerLines(facts, operation, false);
  const answer = returnedWords(operation.returns);
  return [message(self, "->>", callee, operation.name), ...inner, message(callee, "-->>", self, answer === "" ? "done" : answer)];
}

/** What code declares that it does. A third party is asked before the transaction that writes begins. */
function handlerLines(facts: Facts, operation: Operation, ownTransaction = true): readonly Block[] {
  const { reads, writes, emits, id } = operation;
  const self = operationParticipant(operation);
  const callees = facts.calls.calleesOf(id);
  const inside: readonly Block[] = [
    ...callees.flatMap((callee) =>
      callee.kind === "operation" && callee.inside
        ? answered(self, operationParticipant(callee.operation), callee.operation.name, returnedWords(callee.operation.returns))
        : [],
    ),
    ...writes.map((entity) => message(self, "->>", database, `write ${shortName(entity)}`)),
    ...emits.map((event) => message(self, "->>", database, `keep ${shortName(event)} for the relay`)),
  ];
  return [
    ...reads.map((entity) => message(self, "->>", database, `read ${shortName(entity)}`)),
    ...callees.flatMap((callee) => {
      if (callee.kind === "external")
        return externalLines(self, callee.call.name, callee.call.returns.map(({ name }) => name).join(", "), callee.integration);
      return callee.inside
        ? []
        : answered(self, operationParticipant(callee.operation), callee.operation.name, returnedWords(callee.operation.returns));
    }),
    ...(ownTransaction && inside.length > 0 ? transaction(self, inside) : inside),
  ];
}

function externalLines(
  self: Participant,
  name: string,
  answer: string,
  { name: integration, onFailure }: Facts["model"]["integrations"][number],
): readonly Block[] {
  const policy = [
    ...(onFailure?.timeoutMs === undefined ? [] : [`at most ${duration(onFailure.timeoutMs)}`]),
    ...(onFailure && onFailure.retries > 0 ? [`${onFailure.retries} retries`] : []),
    ...(onFailure ? [`then ${onFailure.then}`] : []),
  ];
  return answered(self, thirdParty(integration), policy.length === 0 ? name : `${name} (${policy.join(", ")})`, answer);
}

function answered(self: Participant, callee: Participant, words: string, answer: string): readonly Block[] {
  return [message(self, "->>", callee, words), message(callee, "-->>", self, answer === "" ? "done" : answer)];
}

function transaction(self: Participant, lines: readonly Block[]): readonly Block[] {
  return ["rect rgba(127, 127, 127, 0.12)", [note([self, database], "one transaction"), ...lines], "end"];
}

const moves = (to: { readonly [field: string]: string }): string =>
  Object.entries(to)
    .map(([field, state]) => `${field} to ${state}`)
    .join(", ");
const orElse = (otherwise: string | undefined): string => (otherwise === undefined ? "" : `, or ${otherwise}`);
