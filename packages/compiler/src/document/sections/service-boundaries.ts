import type { Context } from "@archwright/model";
import { contextLinks, type ContextEnd, type ContextLink } from "../../facts/context-links.ts";
import { counted, listed, shortName } from "../../lint/phrases.ts";
import { code, strong, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { processesOf } from "../subject/crossings.ts";
import { chosenOption, decisionOn, decisionsBy, isDecided, toRecord } from "../subject/decided.ts";
import { codes, heading, paragraph, prose, subheading, table } from "../subject/prose.ts";

/** Who is responsible for what, which data are whose, and what each offers and asks. */
export const serviceBoundaries: Section = {
  id: "service-boundaries",
  title: "Service boundaries",
  tell: (subject) => {
    if (subject.model.contexts.length === 0) return [];
    const links = contextLinks(subject.facts);
    return [
      ...opening(subject),
      heading("Whose is what"),
      ...ownership(subject),
      ...subject.model.contexts.flatMap((context) => contextBlocks(subject, context, links)),
      ...joints(subject),
    ];
  },
};

function opening(subject: Subject): readonly Block[] {
  const { model, design } = subject;
  const processes = processesOf(subject);
  const placement = decisionOn(design, "placement");
  const parts = processes.length === 1 ? "one process" : counted(processes.length, "process").replace("processs", "processes");
  return [
    paragraph(
      `${model.name} is cut into ${counted(model.contexts.length, "context")} that run in ${parts}. A context owns its data: no other writes them, and it is reached through its commands, queries and events.`,
    ),
    ...(placement ? [paragraph(toRecord(placement), ": ", chosenOption(placement).because, " ", chosenOption(placement).consequence)] : []),
    ...(processes.length > 1
      ? table(
          ["Process", "Contexts"],
          processes.map((contexts, place) => [`${place + 1}`, codes(contexts)]),
        )
      : []),
  ];
}

function ownership({ model, design }: Subject): readonly Block[] {
  const rows = model.contexts.map(({ name, owner = "", domain = "" }): readonly Prose[] => {
    const boundary = decisionOn(design, "boundary", name);
    const own = model.entities.filter(({ context }) => context === name).map((entity) => entity.name);
    return [prose(code(name)), owner, domain, codes(own), boundary ? [toRecord(boundary)] : ""];
  });
  return table(["Context", "Owned by", "Domain", "Data of its own", "Cut"], rows);
}

function contextBlocks(subject: Subject, context: Context, links: readonly ContextLink[]): readonly Block[] {
  const { name } = context;
  return [
    subheading(name, `context-${name.replace(/\W/g, "-")}`),
    paragraph(responsibility(subject, context)),
    ...offers(subject, context),
    ...asks(name, links),
    ...boundaryTold(subject, name),
  ];
}

/** What it is there for, read off what it has. */
function responsibility({ model }: Subject, { name, owner, domain }: Context): Prose {
  const entities = model.entities.filter(({ context }) => context === name);
  const operations = model.operations.filter(({ context }) => context === name);
  const commands = operations.filter(({ kind }) => kind === "command").map((operation) => operation.name);
  const queries = operations.filter(({ kind }) => kind === "query").map((operation) => operation.name);
  const messages = model.messages.filter(({ context }) => context === name).map((message) => message.name);
  const jobs = model.jobs.filter(({ context }) => context === name).map((job) => job.name);
  const does = [
    ...(entities.length > 0 ? [prose("keeps ", codes(entities.map((entity) => entity.name)))] : []),
    ...(commands.length > 0 ? [prose("runs ", codes(commands))] : []),
    ...(queries.length > 0 ? [prose("answers ", codes(queries))] : []),
    ...(messages.length > 0 ? [prose("sends ", codes(messages))] : []),
    ...(jobs.length > 0 ? [prose("works by itself at ", codes(jobs))] : []),
  ];
  const states = entities.flatMap((entity) =>
    entity.fields.flatMap((field) => (field.kind === "state" ? [`${entity.name} goes through ${listed(Object.keys(field.moves))}`] : [])),
  );
  const rules = entities.flatMap(({ invariants }) => invariants.map(({ statement }) => statement));
  const what = [...(domain === undefined ? [] : [`a ${domain} domain`]), ...(owner === undefined ? [] : [`owned by ${owner}`])];
  return prose(
    strong(name),
    what.length > 0 ? ` (${what.join(", ")}) ` : " ",
    ...does.flatMap((part, index) => [index === 0 ? "" : index === does.length - 1 ? " and " : ", ", part]),
    does.length === 0 ? "has nothing yet." : ".",
    states.length > 0 ? ` ${listed(states)}.` : "",
    rules.length > 0 ? ` It sees to it that ${listed(rules)}.` : "",
  );
}

/** What others may ask of it, and what it tells them. */
function offers({ model, facts }: Subject, { name }: Context): readonly Block[] {
  const operations = model.operations
    .filter(({ context }) => context === name)
    .map((operation): readonly Prose[] => {
      const { allow } = operation;
      const who = allow.kind === "roles" ? codes(allow.roles) : allow.kind === "anyone" ? "anyone" : "the system";
      const callers = facts.calls.callersOf(operation.id).map(({ id }) => id);
      const reactions = facts.events.reactionsBy(operation.id).map(({ event }) => event);
      const others = [...(callers.length > 0 ? [codes(callers)] : []), ...(reactions.length > 0 ? [prose("on ", codes(reactions))] : [])];
      return [
        prose(code(operation.name)),
        operation.kind,
        who,
        prose(...others.flatMap((part, index) => [index === 0 ? "" : "; ", part])),
        codes(operation.writes.map(shortName)),
        codes(operation.emits.map(shortName)),
      ];
    });
  const events = model.events.flatMap((event): readonly (readonly Prose[])[] => {
    if (event.context !== name) return [];
    const heard = [
      ...facts.events.reactionsTo(event.id).map(({ command }) => command),
      ...facts.events.messagesOn(event.id).map(({ id }) => id),
    ];
    return [[prose(code(event.name)), "event", heard.length === 0 ? "nobody yet" : codes(heard), "", "", ""]];
  });
  return table(["Offers", "Kind", "To whom", "Run by", "Writes", "Tells"], [...operations, ...events]);
}

const kinds: { readonly [K in ContextLink["kind"]]: string } = {
  atomic: "inside its own transaction",
  call: "waits for the answer",
  event: "is told",
  ids: "holds ids of",
};

function asks(name: string, links: readonly ContextLink[]): readonly Block[] {
  const isThis = (end: ContextEnd): boolean => end.kind === "context" && end.name === name;
  // An event is asked for by whom it reaches.
  const own = links.filter(({ from, to, kind }) => (kind === "event" ? isThis(to) : isThis(from)));
  const rows = own.map(({ from, to, kind, names }): readonly Prose[] => {
    const other = kind === "event" ? from : to;
    return [prose(code(other.name), other.kind === "third party" ? " (third party)" : ""), kinds[kind], codes(names)];
  });
  return table(["Asks of", "How", "What"], rows);
}

function boundaryTold({ design }: Subject, name: string): readonly Block[] {
  const boundary = decisionOn(design, "boundary", name);
  if (!boundary) return [];
  return [
    paragraph(
      "Its boundary: ",
      toRecord(boundary),
      ". ",
      chosenOption(boundary).because,
      isDecided(design, "boundary", "keep", name) ? "" : ` ${chosenOption(boundary).consequence}`,
    ),
  ];
}

/** How what crosses a boundary was decided, where there is more than one way. */
function joints({ design }: Subject): readonly Block[] {
  const decisions = ["interaction", "sync-chain", "saga"].flatMap((rule) => decisionsBy(design, rule));
  const rows = decisions.map((decision): readonly Prose[] => [decision.question, [toRecord(decision)], chosenOption(decision).consequence]);
  return rows.length === 0 ? [] : [heading("What crosses the boundaries"), ...table(["Question", "Decision", "What one takes on"], rows)];
}
