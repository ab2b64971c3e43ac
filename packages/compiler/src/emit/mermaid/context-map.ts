import type { Context } from "@archwright/model";
import { contextLinks, type ContextEnd, type ContextLink } from "../../facts/context-links.ts";
import type { Facts } from "../../facts/facts.ts";
import type { Stamp } from "../emitter.ts";
import { render, type Block } from "../text.ts";
import { heading, nodeId, quoted } from "./label.ts";

/** Who leans on whom: contexts and third parties, with what passes between them. */
export function emitContextMap(facts: Facts, { hash }: Stamp): string {
  const { model } = facts;
  return render([
    ...heading(`${model.name}: contexts`, hash),
    "%% A thick arrow runs inside the caller's transaction, a plain one waits for an answer, a dotted one is an event. A plain line holds ids.",
    "flowchart LR",
    [
      ...model.contexts.map(contextNode),
      ...model.integrations.map(({ name }) => `${nodeId("i", name)}{{${quoted(name, "third party")}}}`),
      ...contextLinks(facts).map(linkLine),
    ],
    model.contexts.some(isCore) && [
      "classDef core stroke-width:3px",
      `class ${model.contexts
        .filter(isCore)
        .map(({ name }) => nodeId("c", name))
        .join(",")} core`,
    ],
  ]);
}

function contextNode({ name, owner, domain }: Context): Block {
  const facts = [...(domain === undefined ? [] : [`${domain} domain`]), ...(owner === undefined ? [] : [`owned by ${owner}`])];
  return `${nodeId("c", name)}[${quoted(name, ...(facts.length > 0 ? [facts.join(", ")] : []))}]`;
}

const isCore = ({ domain }: Context): boolean => domain === "core";

const arrows: { readonly [K in ContextLink["kind"]]: (text: string) => string } = {
  atomic: (text) => `==>|${text}|`,
  call: (text) => `-->|${text}|`,
  event: (text) => `-.->|${text}|`,
  ids: (text) => `---|${text}|`,
};

function linkLine({ from, to, kind, names }: ContextLink): string {
  return `${endId(from)} ${arrows[kind](quoted(...(kind === "ids" ? [`ids of ${names.join(", ")}`] : names)))} ${endId(to)}`;
}

const endId = ({ kind, name }: ContextEnd): string => nodeId(kind === "context" ? "c" : "i", name);
