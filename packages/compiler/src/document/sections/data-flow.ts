import { durationInWords, type Field, type Model } from "@archwright/model";
import { code, strong, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { crossingsOf, processesOf, type Crossings } from "../subject/crossings.ts";
import { amount, chosenOption, decisionOn, decisionsBy, figureOf, isDecided, toRecord } from "../subject/decided.ts";
import { whenAnswerIsLost, whenCallFails } from "../subject/failures.ts";
import { leadsToPerson, personalIn } from "../subject/personal.ts";
import { dataFlowPicture } from "../subject/picture.ts";
import { bullets, codes, enumerated, numberOf, paragraph, prose, someCodes, table, under, type Part, type Row } from "../subject/prose.ts";

export const dataFlow: Section = {
  id: "data-flow",
  title: "Data flow and trust boundaries",
  tell: (subject) => {
    const crossings = crossingsOf(subject);
    if (Object.values(crossings).every(({ length }) => length === 0)) return [];
    return [
      summary(subject, crossings),
      { kind: "picture", title: "Who speaks to whom over which boundary", graph: dataFlowPicture(subject) },
      ...under("From clients", clientBlocks(subject, crossings), "data-flow-clients"),
      ...under("To third parties", callBlocks(subject, crossings), "data-flow-third-parties"),
      ...under("From third parties", webhookBlocks(subject, crossings), "data-flow-webhooks"),
      ...under("By events", eventBlocks(subject, crossings), "data-flow-events"),
      ...under("Messages to people", messageBlocks(subject, crossings), "data-flow-messages"),
      ...under("Between processes", processBlocks(subject, crossings), "data-flow-processes"),
    ];
  },
};

function summary(subject: Subject, { clients, calls, webhooks, events, messages, processes }: Crossings): Block {
  const entities = clients.filter(({ isEntity }) => isEntity).length;
  const ways = [
    clients.length > 0 &&
      `clients ask for ${numberOf(clients.length - entities, "operation")} and for the rows of ${numberOf(entities, "entity", "entities")}`,
    calls.length > 0 && `${numberOf(calls.length, "call goes", "calls go")} to third parties`,
    webhooks.length > 0 && `third parties send ${numberOf(webhooks.length, "kind")} of events of their own accord`,
    events.length > 0 && `${numberOf(events.length, "kind of event sets", "kinds of events set")} further work going`,
    messages.length > 0 && `${numberOf(messages.length, "message leaves", "messages leave")} for people`,
    processes.length > 0 && `${numberOf(processes.length, "call goes", "calls go")} from one process to another`,
  ].flatMap((way) => (way === false ? [] : way));
  const outside = calls.filter(({ call }) => personalIn(call.input).length > 0);
  const count = processesOf(subject).length;
  return paragraph(
    `${subject.model.name} runs in ${numberOf(count, "process", "processes")}. Data cross a boundary where `,
    enumerated(ways),
    ". ",
    outside.length > 0 &&
      prose(
        "Personal data leave for ",
        codes([...new Set(outside.map(({ integration }) => integration.name))]),
        " by ",
        codes(outside.map(({ call }) => call.id)),
        ".",
      ),
    outside.length === 0 && calls.length > 0 && "No call of a third party carries a field that is declared personal.",
  );
}

function clientBlocks(subject: Subject, { clients }: Crossings): readonly Block[] {
  const { model, design } = subject;
  const rows = clients.map(({ item, routes, who, sent, answered, isEntity }): Row => [
    enumerated(who.map((role) => code(role))),
    prose(code(item.id), isEntity && `: ${[...new Set(routes.map(({ kind }) => kind))].sort().join(", ")}`),
    names(sent),
    personalWords([...sent, ...answered], model),
    "kind" in item
      ? whenAnswerIsLost(item, subject)
      : routes.some(({ kind }) => kind === "create")
        ? "list first: a create may have happened"
        : "ask again",
  ]);
  const head = ["Who", "Asks for", "Sends", "Personal data, there or back", "If the answer is lost"];
  const refusals = [
    turnedAway(design, "rate-limit", "One caller's share: "),
    turnedAway(design, "queue-bound", "When more requests come than can be served: "),
    turnedAway(design, "load-shedding", "What is refused first then: "),
    turnedAway(design, "client-sync", "What the client does meanwhile: "),
  ];
  return [...table(head, rows), ...bullets(refusals)];
}

function turnedAway(design: Subject["design"], rule: string, words: string): Part {
  const decision = decisionOn(design, rule);
  return decision && prose(words, toRecord(decision), ". ", chosenOption(decision).consequence);
}

function callBlocks(subject: Subject, { calls }: Crossings): readonly Block[] {
  const rows = calls.map((crossing): Row => [
    code(crossing.call.id),
    someCodes(crossing.callers, 4),
    prose(names(crossing.call.input), crossing.call.returns.length > 0 && prose("; back: ", names(crossing.call.returns))),
    personalWords([...crossing.call.input, ...crossing.call.returns], subject.model),
    whenCallFails(crossing, subject),
  ]);
  const holds = subject.model.integrations.filter((integration) => integration.holds.length > 0);
  return [
    ...table(["Call", "Made by", "Carries", "Personal data, there or back", "When it does not answer"], rows),
    ...bullets(holds.map(({ name, holds: held }) => prose(code(name), ` keeps in our stead: ${held.join(", ")}.`))),
  ];
}

function webhookBlocks({ model, design }: Subject, { webhooks }: Crossings): readonly Block[] {
  const rows = webhooks.map(({ integration, event, reactions }): Row => {
    const delivery = decisionOn(design, "delivery", event.id);
    const intake = decisionOn(design, "webhook-intake", integration.name);
    return [
      code(event.id),
      names(event.fields),
      personalWords(event.fields, model),
      integration.verify ?? strong("not verified"),
      codes(reactions.map(({ command }) => command)),
      prose(
        intake && prose("taken in: ", toRecord(intake), "; "),
        delivery ? prose("sent twice: ", toRecord(delivery)) : prose(integration.name, " sends it again until it is answered"),
      ),
    ];
  });
  return table(["Event", "Carries", "Personal data", "Proved by", "Sets going", "When we fail, or it comes twice"], rows);
}

function eventBlocks({ model, design }: Subject, { events }: Crossings): readonly Block[] {
  const rows = events.map(({ event, emitters, reactions }): Row => {
    const order = decisionOn(design, "ordering", event.id);
    const delivery = decisionOn(design, "delivery", event.id);
    return [
      code(event.id),
      someCodes(emitters, 3),
      someCodes(
        reactions.map(({ command }) => command),
        4,
      ),
      names(event.fields),
      personalWords(event.fields, model),
      prose(order && prose(toRecord(order)), order && delivery && "; ", delivery && toRecord(delivery)),
    ];
  });
  if (rows.length === 0) return [];
  const [broker, relay, retention] = [decisionOn(design, "broker"), decisionOn(design, "relay"), decisionOn(design, "event-retention")];
  const days = figureOf(retention, "days");
  const reacting = [...new Set(events.flatMap(({ reactions }) => reactions.map(({ command }) => command)))];
  const isOne = reacting.length === 1;
  return [
    ...table(["Event", "Emitted by", "Sets going", "Carries", "Personal data", "Order, and repetition"], rows),
    paragraph(
      broker && prose("Events are carried by ", toRecord(broker), relay && prose(" and leave it so: ", toRecord(relay)), ". "),
      isDecided(design, "broker", "postgres-outbox") &&
        "They commit with the change that they tell of, so that none is lost and none is told that did not happen. ",
      "While the receiving side fails, an event waits and is tried again with growing pauses; one that keeps failing is set aside as a dead letter with its error, which somebody has to look at before ",
      someCodes(reacting, 3),
      isOne ? " catches up. " : " catch up. ",
      retention &&
        days &&
        days.value > 0 &&
        prose("Handled ones are kept for ", toRecord(retention, amount(days, design)), ", and can be given again within that time."),
    ),
  ];
}

function messageBlocks({ design, model }: Subject, { messages }: Crossings): readonly Block[] {
  const rows = messages.map(({ id, event, by, withinMs, optOut }): Row => {
    const channel = decisionOn(design, "messages-channel", id);
    const fields = model.events.find((one) => one.id === event)?.fields ?? [];
    return [
      code(id),
      code(event),
      by.join(", then "),
      personalWords(fields, model),
      withinMs === undefined ? "" : durationInWords(withinMs),
      prose(optOut ? "unless the person has declined" : "always", channel && prose("; ", toRecord(channel))),
    ];
  });
  return table(["Message", "On", "By", "Personal data of its event", "Within", "Sent"], rows);
}

function processBlocks({ facts, model, design }: Subject, { processes }: Crossings): readonly Block[] {
  const rows = processes.map(({ caller, callee, from, to }): Row => {
    const interaction = decisionsBy(design, "interaction").find(({ about }) => about === `${caller}->${callee}`);
    const operation = facts.items.operations.get(callee);
    return [
      prose(code(from), " to ", code(to)),
      code(caller),
      code(callee),
      operation ? personalWords(operation.input, model) : "",
      prose(interaction && toRecord(interaction)),
    ];
  });
  const proof = decisionOn(design, "service-authentication");
  return rows.length === 0
    ? []
    : [
        ...table(["Way", "Caller", "Callee", "Personal data sent", "How"], rows),
        ...(proof ? [paragraph("The callee knows its caller ", toRecord(proof), ". ", chosenOption(proof).consequence)] : []),
      ];
}

const names = (fields: readonly Field[]): Prose => someCodes(fields.map(({ name }) => name));

function personalWords(fields: readonly Field[], model: Model): Prose {
  const personal = [...new Set(personalIn(fields).map(({ path }) => path))];
  if (personal.length > 0) return someCodes(personal);
  return leadsToPerson(fields, model) ? "an id that leads to a person" : "none";
}
