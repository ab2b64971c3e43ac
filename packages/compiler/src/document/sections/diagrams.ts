import { contextLinks, type ContextEnd, type ContextLink } from "../../facts/context-links.ts";
import { listed } from "../../lint/phrases.ts";
import { code, type Block, type Graph } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { busiestCommand } from "../subject/busiest.ts";
import { containersPicture } from "../subject/containers.ts";
import { commandSequence } from "../subject/command-sequence.ts";
import { amount } from "../subject/decided.ts";
import { heading, paragraph, prose } from "../subject/prose.ts";

/** The contexts and what passes between them, what runs, and how the busiest command goes its way. */
export const diagrams: Section = {
  id: "diagrams",
  title: "Diagrams",
  tell: (subject) => {
    const { model } = subject;
    if (model.contexts.length === 0) return [];
    return [
      ...contextMap(subject),
      heading("What runs"),
      { kind: "picture", title: `What runs of ${model.name}, as it is decided`, graph: containersPicture(subject) },
      ...busiest(subject),
    ];
  },
};

function contextMap({ model, facts }: Subject): readonly Block[] {
  const links = contextLinks(facts);
  return [
    heading("The contexts"),
    paragraph(
      `${model.name} trusts what is within the dashed frame. A solid arrow waits for its answer, in the caller's own transaction where it says so; a dashed one is an event, or no more than an id that is held.`,
    ),
    { kind: "picture", title: `The contexts of ${model.name} and what passes between them`, graph: mapOf({ model }, links) },
  ];
}

const idOf = ({ kind, name }: ContextEnd): string => `${kind} ${name}`;

function mapOf({ model }: Pick<Subject, "model">, links: readonly ContextLink[]): Graph {
  const linked = new Set(links.flatMap(({ from, to }) => [idOf(from), idOf(to)]));
  return {
    nodes: [
      ...model.contexts.map(({ name, domain, owner }) => ({
        id: idOf({ kind: "context", name }),
        label: [name, [...(domain === undefined ? [] : [`${domain} domain`]), ...(owner === undefined ? [] : [`of ${owner}`])].join(", ")]
          .filter(Boolean)
          .join("\n"),
        shape: "box" as const,
        inside: "system",
      })),
      ...model.integrations
        .map(({ name }) => ({ id: idOf({ kind: "third party", name }), label: `${name}\nthird party`, shape: "outside" as const }))
        .filter(({ id }) => linked.has(id)),
    ],
    groups: [{ id: "system", label: model.name, isBoundary: true }],
    edges: links.map(({ from, to, kind, names }) => ({
      from: idOf(from),
      to: idOf(to),
      label: labels[kind](fewest(names)),
      line: kind === "event" || kind === "ids" ? ("dashed" as const) : ("solid" as const),
    })),
  };
}

const labels: { readonly [K in ContextLink["kind"]]: (names: string) => string } = {
  atomic: (names) => `${names}, in its transaction`,
  call: (names) => names,
  event: (names) => names,
  ids: (names) => `ids of ${names}`,
};

const namesMax = 3;
const fewest = (names: readonly string[]): string =>
  names.length > namesMax ? listed([...names.slice(0, namesMax - 1), `${names.length - namesMax + 1} more`]) : listed(names);

function busiest(subject: Subject): readonly Block[] {
  const found = busiestCommand(subject);
  if (!found) return [];
  const { operation, peak } = found;
  return [
    heading(`How ${operation.name} goes its way`),
    paragraph(
      code(operation.id),
      prose(peak ? ` is the command that is run most, ${amount(peak, subject.design)} at the peak` : " stands for the commands"),
      operation.implementation.kind === "body"
        ? ". Its steps are what its declared body does."
        : operation.implementation.kind === "handler"
          ? ". It is written in code, which may do these in another order."
          : ". It is not built yet: these are the effects that it declares.",
    ),
    { kind: "sequence", title: `${operation.name}, from the request to what follows`, sequence: commandSequence(subject, operation) },
  ];
}
