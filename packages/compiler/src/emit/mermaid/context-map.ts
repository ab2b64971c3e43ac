import type { Context } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { groupsOf } from "../../facts/groups.ts";
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
      ...links(facts).map(linkLine),
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

type LinkKind = "atomic" | "call" | "event" | "ids";

interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  readonly names: readonly string[];
}

function contextNode({ name, owner, domain }: Context): Block {
  const facts = [...(domain === undefined ? [] : [`${domain} domain`]), ...(owner === undefined ? [] : [`owned by ${owner}`])];
  return `${nodeId("c", name)}[${quoted(name, ...(facts.length > 0 ? [facts.join(", ")] : []))}]`;
}

const isCore = ({ domain }: Context): boolean => domain === "core";

const arrows: { readonly [K in LinkKind]: (text: string) => string } = {
  atomic: (text) => `==>|${text}|`,
  call: (text) => `-->|${text}|`,
  event: (text) => `-.->|${text}|`,
  ids: (text) => `---|${text}|`,
};

function linkLine({ from, to, kind, names }: Link): string {
  return `${from} ${arrows[kind](quoted(...(kind === "ids" ? [`ids of ${names.join(", ")}`] : names)))} ${to}`;
}

/** One link for each pair and kind, with the names of what passes. Ids alone are shown where nothing else joins the two. */
function links(facts: Facts): readonly Link[] {
  const all = [...calls(facts), ...events(facts)];
  const joined = new Set(all.map(pairOf));
  return merged([...all, ...references(facts).filter((link) => !joined.has(pairOf(link)))]);
}

const pairOf = ({ from, to }: Link): string => [from, to].sort().join(" ");

function merged(all: readonly Link[]): readonly Link[] {
  const groups = groupsOf(
    all.filter(({ from, to }) => from !== to),
    ({ from, to, kind }) => `${from} ${to} ${kind}`,
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, names: [...new Set([first, ...others].flatMap(({ names }) => names))].sort() }] : [],
  );
}

function calls({ model, items, calls: graph }: Facts): readonly Link[] {
  return [...model.operations, ...model.jobs].flatMap(({ id, context }) =>
    graph.calleesOf(id).map((callee): Link => {
      const from = nodeId("c", context);
      if (callee.kind === "external") return { from, to: nodeId("i", callee.integration.name), kind: "call", names: [callee.call.name] };
      const to = nodeId("c", items.operations.get(callee.id)?.context ?? context);
      return { from, to, kind: callee.inside ? "atomic" : "call", names: [callee.operation.name] };
    }),
  );
}

function events({ model, items }: Facts): readonly Link[] {
  return [...model.reactions, ...model.messages].flatMap(({ context, event: id }) => {
    const event = items.events.get(id);
    if (!event) return [];
    const from = event.integration === undefined ? nodeId("c", event.context ?? context) : nodeId("i", event.integration);
    return [{ from, to: nodeId("c", context), kind: "event" as const, names: [event.name] }];
  });
}

function references({ dependencies, items }: Facts): readonly Link[] {
  return dependencies.flatMap(({ from, to, target }) => {
    const entity = items.entities.get(target);
    return entity ? [{ from: nodeId("c", from), to: nodeId("c", to), kind: "ids" as const, names: [entity.name] }] : [];
  });
}
