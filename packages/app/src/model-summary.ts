import type { Model } from "@archwright/model";

/** What there is in a model, in a few lines. */
export function summarize(model: Model, hash: string): string {
  const contexts = model.contexts.map(({ name }) => {
    const entities = model.entities.filter(({ context }) => context === name).map((entity) => entity.name);
    const operations = model.operations.filter(({ context }) => context === name).map((operation) => operation.name);
    return `  ${name.padEnd(longest(model))}  ${[...entities, ...operations].join(", ") || "–"}`;
  });
  const integrations = model.integrations.map(({ name, calls }) => `  ${name.padEnd(longest(model))}  ${calls.map((call) => call.name).join(", ")}`);
  return [`${model.name}  ${hash.slice(0, 12)}`, "", "contexts", ...contexts, ...(integrations.length > 0 ? ["", "integrations", ...integrations] : []), ""].join("\n");
}

const longest = ({ contexts, integrations }: Model): number => Math.max(...[...contexts, ...integrations].map(({ name }) => name.length));
