import type { Entity, Event, Job, Message, Model, Operation, Reaction, Role } from "@archwright/model";
import type { Chance } from "./chance.ts";
import { fieldOf, valuesOf } from "./entities.ts";
import { bodied } from "./operations.ts";

type Followers = Pick<Model, "reactions" | "messages" | "jobs">;

/** What runs because something has happened, or because it is time. */
export function randomFollowers(
  chance: Chance,
  {
    entities,
    events,
    operations,
    roles,
  }: { entities: readonly Entity[]; events: readonly Event[]; operations: readonly Operation[]; roles: readonly Role[] },
): Followers {
  const inner = operations.filter(({ allow, kind }) => allow.kind === "system" && kind === "command");
  return {
    reactions: distinct(events.flatMap((event) => chance.some(inner, 0.4).map((command) => reaction(event, command)))),
    messages: events.flatMap((event, index) => message(chance, event, roles, index)),
    jobs: distinct([
      ...inner.flatMap((command, index) =>
        chance.holds(0.2) ? [job(chance, command.context, `run${index}`, { kind: "command", command: command.id })] : [],
      ),
      ...entities.flatMap((entity, index) => (chance.holds(0.1) ? [cleaning(chance, entity, index)] : [])),
    ]),
  };
}

function reaction(event: Event, { id, context, input }: Operation): Reaction {
  return { id: `${id}@${event.id}`, context, event: event.id, command: id, ...(input.length > 0 && { input: valuesOf(input) }) };
}

function message(chance: Chance, event: Event, roles: readonly Role[], index: number): readonly Message[] {
  const to = event.fields.find((field) => field.kind === "ref" && roles.some(({ actor }) => actor === field.entity));
  if (!to || event.context === undefined) return [];
  return [
    {
      id: `${event.context}.news${index}`,
      context: event.context,
      name: `news${index}`,
      event: event.id,
      to: fieldOf("event", event.id, to),
      by: chance.one<Message["by"]>([["email"], ["email", "push"], ["sms"]]),
      subject: "There is news",
      text: "Something has happened.",
      ...(chance.holds(0.5) && { withinMs: chance.whole(1_000, 3_600_000) }),
    },
  ];
}

function cleaning(chance: Chance, { context, id, fields }: Entity, index: number): Job {
  const time = fields.find(({ kind }) => kind === "time");
  const steps = time
    ? [
        {
          kind: "remove" as const,
          entity: id,
          target: { kind: "where" as const, condition: { kind: "olderThan" as const, of: fieldOf("row", id, time), ageMs: 86_400_000 } },
        },
      ]
    : [];
  const { reads, writes, atomic, emits, implementation } = bodied(steps, { kind: "nothing" });
  if (implementation.kind !== "body") throw new Error("What has steps has a body.");
  return { ...job(chance, context, `clean${index}`, implementation), reads, writes, atomic, emits };
}

function job(chance: Chance, context: string, name: string, does: Job["does"]): Job {
  return {
    id: `${context}.${name}`,
    context,
    name,
    when: chance.holds(0.7)
      ? { kind: "every", everyMs: chance.scale(1_000, 86_400_000) }
      : { kind: "cron", cron: "0 3 * * *", zone: "Europe/Berlin" },
    does,
    reads: [],
    writes: [],
    atomic: [],
    emits: [],
    accept: {},
  };
}

function distinct<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
