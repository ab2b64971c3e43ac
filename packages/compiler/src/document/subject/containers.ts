import type { Decision } from "@archwright/model";
import { fewOf } from "../../decide/listing.ts";
import { capitalised, counted, listed } from "../../lint/phrases.ts";
import type { Graph } from "../block.ts";
import type { Subject } from "../section.ts";
import { processesOf } from "./crossings.ts";
import { chosenOption, decisionOn, decisionsBy } from "./decided.ts";

type Node = Graph["nodes"][number];
type Edge = Graph["edges"][number];

/** What runs as it is decided: who comes in by which way, the processes, what keeps data, and what lies outside. */
export function containersPicture(subject: Subject): Graph {
  const { model } = subject;
  const ways = waysIn(subject);
  const processes = processNodes(subject);
  const stores = storeNodes(subject);
  const outside = outsideNodes(subject, processes);
  const first = ways.at(-1);
  const into = first
    ? [
        ...chain(ways),
        ...processes.filter(({ isReached }) => isReached).map(({ node }): Edge => ({ from: first.id, to: node.id, line: "solid" })),
      ]
    : processes
        .filter(({ isReached }) => isReached)
        .flatMap(({ node }) =>
          clientNodes(subject).map((client): Edge => ({ from: client.id, to: node.id, label: "HTTPS", line: "solid" })),
        );
  const clients = clientNodes(subject);
  const entrance = ways[0];
  return {
    nodes: [...clients, ...ways, ...processes.map(({ node }) => node), ...stores.nodes, ...outside.nodes],
    groups: [{ id: "system", label: model.name, isBoundary: true }],
    edges: [
      ...(entrance ? clients.map((client): Edge => ({ from: client.id, to: entrance.id, label: "HTTPS", line: "solid" })) : []),
      ...into,
      ...stores.edges(processes),
      ...outside.edges,
    ],
  };
}

/** The chosen option of a decision about the system, where it is more than nothing. */
function chosen({ design }: Subject, rule: string, nothing: readonly string[] = ["none"]): Decision | undefined {
  const decision = decisionOn(design, rule);
  return decision && !nothing.includes(decision.chosen) ? decision : undefined;
}

const titleOf = (decision: Decision): string => chosenOption(decision).title;

const clientWords: Readonly<Record<string, string>> = {
  web: "Browsers",
  mobile: "Mobile apps",
  "mobile-offline": "Mobile apps\nwork offline",
  partner: "Partners' programs",
  device: "Devices",
};

function clientNodes({ model }: Subject): readonly Node[] {
  const { clients } = model.requirements;
  const kinds =
    clients.length > 0
      ? clients.map((client) => ({ id: client, label: clientWords[client] ?? client }))
      : model.roles.map(({ name }) => ({ id: name, label: name }));
  const known =
    kinds.length > 0 || !model.operations.some(({ allow }) => allow.kind === "anyone") ? kinds : [{ id: "anyone", label: "anyone" }];
  return known.map(({ id, label }) => ({ id: `client ${id}`, label, shape: "person" }));
}

/** What stands between clients and processes. */
function waysIn(subject: Subject): readonly Node[] {
  const [cdn, balancer] = [chosen(subject, "cdn"), chosen(subject, "load-balancing")];
  return [
    ...(cdn ? [{ id: "cdn", label: `Content network\n${titleOf(cdn)}`, shape: "box" as const, inside: "system" }] : []),
    ...(balancer ? [{ id: "balancer", label: `Load balancer\n${titleOf(balancer)}`, shape: "box" as const, inside: "system" }] : []),
  ];
}

const chain = (nodes: readonly Node[]): readonly Edge[] =>
  nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? "", to: node.id, line: "solid" }));

interface Process {
  readonly node: Node;
  readonly contexts: readonly string[];
  /** Whether anybody outside calls it. */
  readonly isReached: boolean;
}

function processNodes(subject: Subject): readonly Process[] {
  const { model, design } = subject;
  const [framework, replicas] = [decisionOn(design, "framework"), decisionOn(design, "replicas")];
  const all = processesOf(subject);
  return all.map((contexts, place) => {
    const isReached =
      model.operations.some(({ context, allow }) => contexts.includes(context) && allow.kind !== "system") ||
      model.entities.some(({ context, access }) => contexts.includes(context) && access.length > 0);
    const label = [
      all.length === 1 ? model.name : listed(few(contexts)),
      ...(all.length === 1 ? [listed(few(contexts))] : []),
      [...(framework ? [titleOf(framework)] : []), ...(replicas ? [titleOf(replicas)] : [])].join(", "),
    ];
    return {
      node: { id: `process ${place}`, label: label.filter(Boolean).join("\n"), shape: "box", inside: "system" },
      contexts,
      isReached,
    };
  });
}

const few = (names: readonly string[]): readonly string[] =>
  names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;

interface Stores {
  readonly nodes: readonly Node[];
  readonly edges: (processes: readonly Process[]) => readonly Edge[];
}

function storeNodes(subject: Subject): Stores {
  const { model, design } = subject;
  const [pooler, cache, broker] = [
    chosen(subject, "pooler"),
    chosen(subject, "cache", ["none", "in-process"]),
    chosen(subject, "broker", ["none", "postgres-outbox"]),
  ];
  const [database, size] = [decisionOn(design, "database"), decisionOn(design, "database-size")];
  const hasData = model.entities.length > 0;
  const others = otherStores(subject);
  const inside = "system";
  const nodes: readonly Node[] = [
    ...(pooler ? [{ id: "pooler", label: `Pooler\n${titleOf(pooler)}`, shape: "box" as const, inside }] : []),
    ...(hasData
      ? [
          {
            id: "database",
            label: [database ? capitalised(titleOf(database)) : "PostgreSQL", size ? titleOf(size) : ""].filter(Boolean).join("\n"),
            shape: "store" as const,
            inside,
          },
        ]
      : []),
    ...others.map(({ id, label }) => ({ id, label, shape: "store" as const, inside })),
    ...(cache ? [{ id: "cache", label: `Cache\n${titleOf(cache)}`, shape: "store" as const, inside }] : []),
    ...(broker ? [{ id: "broker", label: `Broker\n${titleOf(broker)}`, shape: "queue" as const, inside }] : []),
  ];
  const own = (broker ? [] : ["outbox", "due jobs"]).slice(0, model.jobs.length > 0 ? 2 : 1);
  const hasEvents = model.events.length > 0;
  const door = pooler ? "pooler" : "database";
  return {
    nodes,
    edges: (processes) => [
      ...(hasData
        ? processes.map(({ node: { id: from } }): Edge => ({
            from,
            to: door,
            label: hasEvents && !broker ? `SQL, ${listed(own)}` : "SQL",
            line: "solid",
          }))
        : []),
      ...(pooler && hasData ? [{ from: "pooler", to: "database", line: "solid" as const }] : []),
      ...others.flatMap(({ id, holds }) =>
        processes.flatMap(({ node, contexts }): readonly Edge[] => {
          const own = holds.filter(({ context }) => contexts.includes(context)).map(({ words }) => words);
          return own.length === 0 ? [] : [{ from: node.id, to: id, label: fewOf([...new Set(own)]), line: "solid" }];
        }),
      ),
      ...(cache ? processes.map(({ node: { id: from } }): Edge => ({ from, to: "cache", label: "answers", line: "solid" })) : []),
      ...(broker
        ? processes.map(({ node: { id: from } }): Edge => ({
            from,
            to: "broker",
            label: counted(model.events.length, "event"),
            line: "dashed",
          }))
        : []),
    ],
  };
}

interface OtherStore {
  readonly id: string;
  readonly label: string;
  /** What lies in it, and which context that is of. */
  readonly holds: readonly { readonly context: string; readonly words: string }[];
}

/** Databases of another kind, a search engine, and where files lie. */
function otherStores({ model, design }: Subject): readonly OtherStore[] {
  const classes = decisionsBy(design, "database-class").filter((decision) => decision.chosen !== "postgresql");
  const engines = decisionsBy(design, "search").filter((decision) => decision.chosen === "engine");
  const searched = model.entities.filter(({ id }) => engines.some(({ about }) => about === id));
  const withFiles = model.entities.filter(({ fields }) => fields.some((field) => field.kind === "file"));
  return [
    ...[...new Set(classes.map(titleOf))].map((title) => ({
      id: `class ${title}`,
      label: capitalised(title),
      holds: classes
        .filter((decision) => titleOf(decision) === title)
        .map(({ about = "" }) => ({ context: about, words: `data of ${about}` })),
    })),
    ...(searched.length > 0
      ? [{ id: "search", label: "Search engine", holds: searched.map(({ context, name }) => ({ context, words: name })) }]
      : []),
    ...(withFiles.length > 0
      ? [{ id: "files", label: "Files", holds: withFiles.map(({ context }) => ({ context, words: "files" })) }]
      : []),
  ];
}

interface Outside {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

function outsideNodes({ model, facts }: Subject, processes: readonly Process[]): Outside {
  const processOf = (context: string): string => processes.find(({ contexts }) => contexts.includes(context))?.node.id ?? "";
  const parties = model.integrations.map(({ name }): Node => ({ id: `third ${name}`, label: `${name}\nthird party`, shape: "outside" }));
  const channels = [...new Set(model.messages.flatMap(({ by }) => by))].map((channel): Node => ({
    id: `channel ${channel}`,
    label: `${channel} provider`,
    shape: "outside",
  }));
  const calls = model.integrations.flatMap(({ name, calls: own }) => {
    const callers = own.flatMap(({ id, name: call }) =>
      facts.calls.callersOf(id).map((caller) => ({ call, process: processOf(contextOf(facts, caller.id)) })),
    );
    return [...new Set(callers.map(({ process }) => process))].map((from): Edge => ({
      from,
      to: `third ${name}`,
      label: fewOf([...new Set(callers.filter(({ process }) => process === from).map(({ call }) => call))]),
      line: "solid",
    }));
  });
  const webhooks = model.integrations.flatMap(({ name, webhooks: own }) => {
    const reached = [...new Set(own.flatMap((event) => facts.events.reactionsTo(event).map(({ context }) => processOf(context))))];
    return reached.map((to): Edge => ({ from: `third ${name}`, to, label: counted(own.length, "webhook"), line: "dashed" }));
  });
  const sent = channels.flatMap((channel) => {
    const messages = model.messages.filter(({ by }) => by.some((one) => `channel ${one}` === channel.id));
    return [...new Set(messages.map(({ context }) => processOf(context)))].map((from): Edge => ({
      from,
      to: channel.id,
      label: counted(messages.length, "message"),
      line: "dashed",
    }));
  });
  return { nodes: [...parties, ...channels], edges: [...calls, ...webhooks, ...sent] };
}

const contextOf = ({ items }: Subject["facts"], id: string): string =>
  items.operations.get(id)?.context ?? items.jobs.get(id)?.context ?? "";
