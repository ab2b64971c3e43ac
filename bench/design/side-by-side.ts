import type { Model } from "@archwright/model";

/**
 * A model as many times beside itself: contexts, items and third parties get a number behind their names, and requirements stand once.
 * What a system of many contexts looks like to the engine of decisions.
 */
export function sideBySide(model: Model, times: number): Model {
  const copies = Array.from({ length: times }, (_, index) => copyOf(model, index + 1));
  const all = <K extends "contexts" | "entities" | "operations" | "events" | "integrations" | "reactions" | "messages" | "jobs" | "roles">(
    key: K,
  ): Model[K] => copies.flatMap((copy) => [...copy[key]]) as unknown as Model[K]; // The same lists, one behind the other.
  const load = copies.flatMap(({ requirements }) => requirements.load);
  return {
    ...model,
    contexts: all("contexts"),
    roles: all("roles"),
    entities: all("entities"),
    operations: all("operations"),
    events: all("events"),
    integrations: all("integrations"),
    reactions: all("reactions"),
    messages: all("messages"),
    jobs: all("jobs"),
    requirements: { ...model.requirements, load },
  };
}

function copyOf(model: Model, index: number): Model {
  const names = new Map([...model.contexts, ...model.integrations, ...model.roles].map(({ name }) => [name, `${name}${index}`]));
  const renamed = (text: string): string => {
    const [head = "", ...rest] = text.split(".");
    return names.has(head)
      ? [names.get(head) ?? head, ...rest.map((part) => part.replace(/@(\w+)$/, (_, name: string) => `@${names.get(name) ?? name}`))].join(
          ".",
        )
      : text;
  };
  const copied = JSON.parse(JSON.stringify(model), (_, value: unknown) => (typeof value === "string" ? renamed(value) : value)) as Model; // A copy of a model is one.
  return { ...copied, name: model.name, origins: {} };
}
