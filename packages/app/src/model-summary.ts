import { routesOf, type Allow, type Model, type Role } from "@archwright/model";

/** What there is in a model: its parts, who may call what, and what follows from what. */
export function summarize(model: Model, hash: string): string {
  const routes = routesOf(model);
  const counts = [
    counted(model.contexts.length, "context"),
    counted(model.entities.length, "entity", "entities"),
    counted(model.operations.length, "operation"),
    counted(routes.length, "route"),
  ];
  const sections: readonly Section[] = [
    { title: "contexts", rows: contextRows(model) },
    { title: "roles", rows: model.roles.map((role) => [role.name, roleInWords(role)]) },
    {
      title: "routes",
      rows: routes.map(({ method, path, operation, entity, roles }) => [
        `${method.padEnd(6)} ${path}`,
        operation ?? entity,
        allowed(roles),
      ]),
    },
    { title: "events", rows: model.events.map(({ id }) => [id, followers(model, id)]) },
    {
      title: "jobs",
      rows: model.jobs.map(({ id, when }) => [id, when.kind === "cron" ? `${when.cron} ${when.zone}` : `every ${when.everyMs / 1000} s`]),
    },
    { title: "integrations", rows: model.integrations.map(({ name, calls }) => [name, calls.map((call) => call.name).join(", ")]) },
  ];
  const shown = sections.filter(({ rows }) => rows.length > 0).map((section) => `\n${render(section)}`);
  return `${model.name}  ${hash.slice(0, 12)}\n${counts.join(", ")}\n${shown.join("")}`;
}

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

function render({ title, rows }: Section): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
  return `${title}\n${lines.join("\n")}\n`;
}

function contextRows({ contexts, entities, operations, messages }: Model): Section["rows"] {
  const within = (context: string, items: readonly { readonly context: string; readonly name: string }[]): readonly string[] =>
    items.filter((item) => item.context === context).map(({ name }) => name);
  return contexts.map(({ name }) => [
    name,
    [...within(name, entities), ...within(name, operations), ...within(name, messages)].join(", ") || "nothing yet",
  ]);
}

function roleInWords({ actor, signUp }: Role): string {
  return [actor, signUp ? "by signing up" : "granted"].filter((part) => part !== undefined).join(", ");
}

function allowed(allow: Allow): string {
  return allow.kind === "roles" ? allow.roles.join(", ") : allow.kind;
}

function followers({ reactions, messages }: Model, event: string): string {
  const commands = reactions.filter((reaction) => reaction.event === event).map(({ command }) => command);
  const mails = messages.filter((message) => message.event === event).map(({ id }) => id);
  return [...commands, ...mails].map((id) => `→ ${id}`).join(", ") || "nobody listens";
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
