import type { Subject } from "../section.ts";
import { clientThreats } from "./client-threats.ts";
import { crossingsOf, processesOf } from "./crossings.ts";
import { chosenOption, decisionOn, toRecord } from "./decided.ts";
import { personalIn } from "./personal.ts";
import { prose, someCodes } from "./prose.ts";
import { callThreats, webhookThreats } from "./third-party-threats.ts";
import type { Boundary, Threat } from "./threat.ts";

/** Every boundary that data cross, with what may happen there. */
export function boundariesOf(subject: Subject): readonly Boundary[] {
  const { clients } = crossingsOf(subject);
  const { integrations } = subject.model;
  return [
    ...(clients.length > 0 ? [{ id: "clients", title: "From clients to the system", threats: clientThreats(subject) }] : []),
    ...integrations
      .filter(({ calls }) => calls.length > 0)
      .map((integration) => ({
        id: `to-${integration.name}`,
        title: `From the system to ${integration.name}`,
        threats: callThreats(subject, integration),
      })),
    ...integrations
      .filter(({ webhooks }) => webhooks.length > 0)
      .map((integration) => ({
        id: `from-${integration.name}`,
        title: `From ${integration.name} to the system`,
        threats: webhookThreats(subject, integration),
      })),
    ...insideBoundaries(subject),
  ];
}

function insideBoundaries(subject: Subject): readonly Boundary[] {
  const between: Boundary = { id: "processes", title: "Between the processes", threats: processThreats(subject) };
  const kept: Boundary = { id: "kept", title: "To what keeps the data", threats: keptThreats(subject) };
  return [...(processesOf(subject).length > 1 ? [between] : []), ...(subject.model.entities.length > 0 ? [kept] : [])];
}

function processThreats({ design }: Subject): readonly Threat[] {
  const proof = decisionOn(design, "service-authentication");
  return [
    {
      kind: "Spoofing",
      threat: "something in the network asks as if it were one of ours",
      answer: proof && toRecord(proof),
      ...((!proof || proof.chosen === "none") && { lacks: "a process believes whoever reaches it" }),
    },
    { kind: "Information disclosure", threat: "somebody listens on the network", answer: proof && chosenOption(proof).consequence },
  ];
}

function keptThreats({ design, model }: Subject): readonly Threat[] {
  const [encryption, secrets, broker] = ["encryption", "secrets", "broker"].map((rule) => decisionOn(design, rule));
  const telling = model.events.filter(({ fields }) => personalIn(fields).length > 0).map(({ id }) => id);
  const atBroker: Threat = {
    kind: "Information disclosure",
    threat: telling.length > 0 ? prose("events with personal data lie at the broker: ", someCodes(telling)) : "events lie at the broker",
    answer: prose(broker && toRecord(broker), telling.length === 0 && "; they carry ids, no personal fields"),
  };
  return [
    {
      kind: "Spoofing",
      threat: "somebody else signs in to the database",
      answer: secrets && prose("its password lies ", toRecord(secrets)),
    },
    {
      kind: "Information disclosure",
      threat: "a disk, a backup or a query of somebody who runs it",
      answer: encryption && prose("encrypted: ", toRecord(encryption), ". ", chosenOption(encryption).consequence),
    },
    ...(broker && broker.chosen !== "postgres-outbox" ? [atBroker] : []),
  ];
}
