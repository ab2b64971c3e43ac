import type { Integration, Operation } from "@archwright/model";
import { repetitionOf } from "../../facts/repetition.ts";
import { effectsOutside } from "../../facts/third-parties.ts";
import type { Subject } from "../section.ts";
import { amount, decisionOn, figureOf, toRecord } from "./decided.ts";
import { personalIn } from "./personal.ts";
import { codes, prose, someCodes, type Part } from "./prose.ts";
import type { Threat } from "./threat.ts";

/** What may happen where the system asks a third party. */
export function callThreats(subject: Subject, integration: Integration): readonly Threat[] {
  const { design, facts } = subject;
  const { name, calls } = integration;
  const [secrets, residency, breaker, audit] = [
    decisionOn(design, "secrets"),
    decisionOn(design, "personal-data-residency", name),
    decisionOn(design, "breaker", name),
    decisionOn(design, "telemetry"),
  ];
  const personal = [...new Set(calls.flatMap(({ input }) => personalIn(input).map(({ path }) => path)))];
  const repeated = keyless(subject, integration);
  const limits = calls.flatMap((call) => decisionOn(design, "bulkhead", call.id) ?? []);
  const timeouts = calls.flatMap((call) => decisionOn(design, "timeout", call.id) ?? []);
  const users = [...new Set(calls.flatMap(({ id }) => facts.calls.callersOf(id).map((caller) => caller.id)))];
  return [
    {
      kind: "Spoofing",
      threat: `somebody else answers for ${name}, or asks it in our name`,
      answer: prose("TLS with a certificate that is checked; our key lies ", secrets ? toRecord(secrets) : "outside of the code"),
    },
    {
      kind: "Tampering",
      threat: "a call is made twice, because its answer was lost",
      answer: repeated.length === 0 ? "each call that changes something carries an idempotency key, or only asks" : "",
      ...(repeated.length > 0 && { lacks: prose(codes(repeated), " takes no idempotency key: a repeated call acts again at ", name) }),
    },
    { kind: "Repudiation", threat: `${name} says it was never asked`, answer: audit && prose("calls leave a trace: ", toRecord(audit)) },
    {
      kind: "Information disclosure",
      threat: personal.length > 0 ? prose(name, " gets ", someCodes(personal)) : `${name} learns more than it needs`,
      answer:
        personal.length === 0 ? "no field that is declared personal goes out" : residency && prose("on these terms: ", toRecord(residency)),
      ...(personal.length > 0 && !residency && { lacks: "nothing says on what terms" }),
    },
    {
      kind: "Denial of service",
      threat: `${name} hangs, and requests with it`,
      answer: prose(
        ...[...timeouts.slice(0, 1), ...limits.slice(0, 1), ...(breaker ? [breaker] : [])].flatMap((decision, index): readonly Part[] => [
          index === 0 ? "" : "; ",
          toRecord(decision),
        ]),
      ),
      ...(timeouts.length === 0 && integration.onFailure?.timeoutMs === undefined && { lacks: "no timeout" }),
    },
    {
      kind: "Elevation of privilege",
      threat: "an answer that is not what it should be",
      answer: prose(
        "answers are checked against the fields of ",
        codes(calls.map(({ id }) => id)),
        " before ",
        someCodes(users, 3),
        users.length === 1 ? " uses them" : " use them",
      ),
    },
  ];
}

/** Calls that change something there, can be repeated here, and carry no key. */
function keyless({ facts, model }: Subject, { name }: Integration): readonly string[] {
  const effects = model.operations.flatMap(({ id }) => effectsOutside(facts.calls, id));
  return [...new Set(effects.filter(({ integration, call }) => integration.name === name && !call.idempotencyKey).map(({ id }) => id))];
}

const proofs = { signature: "a signature over the body", mtls: "a client certificate", token: "a token" } as const;

/** What may happen where a third party sends events. */
export function webhookThreats(subject: Subject, integration: Integration): readonly Threat[] {
  const { design, facts } = subject;
  const { name, verify, webhooks } = integration;
  const reactions = webhooks.flatMap((id) => facts.events.reactionsTo(id));
  const commands = [...new Set(reactions.map(({ command }) => command))];
  const [intake, retention, limit] = [
    decisionOn(design, "webhook-intake", name),
    decisionOn(design, "event-retention"),
    decisionOn(design, "rate-limit"),
  ];
  const days = figureOf(retention, "days");
  const carried = [...new Set(webhooks.flatMap((id) => personalIn(facts.items.events.get(id)?.fields ?? []).map(({ path }) => path)))];
  const repeating = commands
    .flatMap((id) => facts.items.operations.get(id) ?? [])
    .filter((operation) => repetitionOf(operation, facts.items) !== "safe" && !isRemembered(subject, operation, webhooks));
  return [
    {
      kind: "Spoofing",
      threat: `somebody sends an event in the name of ${name}`,
      answer: verify && proofs[verify],
      ...(!verify && { lacks: "nothing proves who sends it" }),
    },
    {
      kind: "Tampering",
      threat: "an event is changed on its way",
      answer: verify === "signature" ? "the signature covers the body" : verify && "TLS",
      ...(verify === "token" && { lacks: `a token proves who sends, not what: ask ${name} again before acting on it` }),
    },
    {
      kind: "Tampering",
      threat: "an event comes twice, or an old one is sent again",
      answer: prose(
        "it is taken by its id",
        webhooks.some((id) => decisionOn(design, "delivery", id)?.chosen === "exactly-once-effect") && ", and its effect happens once",
      ),
      ...(repeating.length > 0 && { lacks: prose(codes(repeating.map(({ id }) => id)), " may act twice") }),
    },
    {
      kind: "Repudiation",
      threat: `${name} says that it has told us`,
      answer:
        days && days.value > 0 && retention
          ? prose("what came is kept for ", toRecord(retention, amount(days, design)))
          : "the request log has it",
    },
    {
      kind: "Information disclosure",
      threat: carried.length > 0 ? prose("an event carries ", someCodes(carried)) : "the address is found and asked",
      answer: carried.length > 0 ? "it is stored like what we keep ourselves" : "the route answers nothing but whether it was taken",
    },
    { kind: "Denial of service", threat: "events in a flood", answer: intake ? toRecord(intake) : limit && toRecord(limit) },
    {
      kind: "Elevation of privilege",
      threat: prose("an event makes the system act: ", someCodes(commands)),
      answer: "the commands run with the rights that they declare, whatever the event says",
    },
  ];
}

/** Whether what has been delivered is remembered in the transaction of the reaction. */
const isRemembered = ({ design, facts }: Subject, { id }: Operation, webhooks: readonly string[]): boolean =>
  facts.events
    .reactionsBy(id)
    .every(({ event }) => !webhooks.includes(event) || decisionOn(design, "delivery", event)?.chosen === "exactly-once-effect");
