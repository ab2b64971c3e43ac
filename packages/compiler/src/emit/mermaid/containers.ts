import type { Model } from "@archwright/model";
import { listed } from "../../lint/phrases.ts";
import type { Stamp } from "../emitter.ts";
import { render, type Block } from "../text.ts";
import { heading, nodeId, quoted } from "./label.ts";

/** What runs, what it talks to, and how. */
export function emitContainers(model: Model, { hash }: Stamp): string {
  const { name, contexts, integrations, messages } = model;
  const channels = [...new Set(messages.flatMap(({ by }) => by))].sort();
  const works = worksOf(model);
  return render([
    ...heading(`${name}: what runs`, hash),
    "flowchart TB",
    [
      ...callers(model).map((caller) => `${nodeId("r", caller)}([${quoted(caller)}])`),
      `subgraph system[${quoted(name)}]`,
      [
        `api[${quoted("API", "Fastify on Node", `${contexts.length === 1 ? "context" : "contexts"} ${listed(contexts.map((context) => context.name))}`)}]`,
        works !== "" && `relay[${quoted("relay", works)}]`,
        `database[(${quoted("PostgreSQL", "a schema for each context", "a role for each operation")})]`,
      ],
      "end",
      ...integrations.map((integration) => `${nodeId("i", integration.name)}{{${quoted(integration.name, "third party")}}}`),
      ...channels.map((channel) => `${nodeId("m", channel)}{{${quoted(channel)}}}`),
      ...callers(model).map((caller) => `${nodeId("r", caller)} -->|${quoted("HTTPS, JSON")}| api`),
      `api -->|${quoted("SQL, one transaction per command")}| database`,
      works !== "" && `database -->|${quoted("outbox, due jobs")}| relay`,
      model.reactions.length + model.jobs.length > 0 && `relay -->|${quoted("runs commands")}| api`,
      ...integrations.flatMap(integrationLines),
      ...channels.map(
        (channel) =>
          `relay -->|${quoted(...messages.filter(({ by }) => by.includes(channel)).map((message) => message.name))}| ${nodeId("m", channel)}`,
      ),
    ],
  ]);
}

function callers({ roles, operations }: Model): readonly string[] {
  const anyone = operations.some(({ allow }) => allow.kind === "anyone") ? ["anyone"] : [];
  return [...roles.map(({ name }) => name), ...anyone];
}

function worksOf({ events, jobs, messages }: Model): string {
  return listed([
    ...(events.length > 0 ? ["events"] : []),
    ...(jobs.length > 0 ? ["jobs"] : []),
    ...(messages.length > 0 ? ["messages"] : []),
  ]);
}

function integrationLines({ name, calls, webhooks }: Model["integrations"][number]): readonly Block[] {
  const node = nodeId("i", name);
  return [
    calls.length > 0 && `api -->|${quoted(...calls.map((call) => call.name))}| ${node}`,
    webhooks.length > 0 && `${node} -.->|${quoted(...webhooks.map((event) => `${event.slice(name.length + 1)} (webhook)`))}| api`,
  ];
}
