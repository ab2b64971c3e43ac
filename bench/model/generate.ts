import { entityTexts, peopleText, profileText } from "./entity-texts.ts";
import { entitiesPerPart, inWordsOf, partAt, partsMax, partsPerContext, type Part } from "./names.ts";
import { bodyTexts, eventTexts, handlerTexts, providerText, reactionTexts, webhookText } from "./operation-texts.ts";

/**
 * The files of a model with as many commands as entities: ten of each in a part, two parts in a context, half of the commands with declared
 * bodies and half with handlers. The same size gives the same text.
 *
 * @param size The number of entities, a multiple of ten from 10 to 800.
 * @throws RangeError for another size.
 */
export function generateModel(size: number): ReadonlyMap<string, string> {
  const count = size / entitiesPerPart;
  if (!Number.isInteger(count) || count < 1 || count > partsMax)
    throw new RangeError(`A model of ${size} entities cannot be made of parts of ${entitiesPerPart}, of which there are 1 to ${partsMax}.`);
  const parts = Array.from({ length: count }, (_, index) => partAt(index));
  const texts = parts.map((part, index) => ({ file: fileOf(part), text: partText(part, index, parts) }));
  const files = new Map<string, string>();
  for (const { file, text } of texts) files.set(file, `${files.get(file) ?? ""}${text}`);
  return files.set("system.ts", systemText(parts));
}

const fileOf = ({ context }: Part): string => `contexts/${context}.ts`;

/** How many parts share a third party. */
const partsPerProvider = 8;

function partText(part: Part, index: number, parts: readonly Part[]): string {
  const [first = part] = parts;
  const owner = parts[index - (index % partsPerProvider)] ?? part;
  // The nearest part in another file: contexts form a chain, and each of them knows the people.
  const earlier = parts[index - (index % partsPerContext) - 1];
  const neighbours = { first, owner, earlier };
  const owned = owner === part ? { provider: [providerText], webhook: [webhookText] } : { provider: [], webhook: [] };
  const people = part.isFirst ? peopleText : profileText;
  const texts = [people, entityTexts, eventTexts, bodyTexts, ...owned.provider, handlerTexts, reactionTexts, ...owned.webhook];
  const names = namesFor(part, neighbours);
  return [...(part.opens ? [openingText(part, neighbours)] : []), ...texts.map((text) => inWordsOf(names, text))].join("\n");
}

interface Neighbours {
  /** Whose file declares the people and the roles. */
  readonly first: Part;
  /** Whose file declares the third party. */
  readonly owner: Part;
  readonly earlier: Part | undefined;
}

function namesFor(part: Part, { first, owner, earlier }: Neighbours): ReadonlyMap<string, string> {
  return new Map([
    ...part.names,
    ["Person", nameIn(first, "Profile")],
    ["Provider", providerOf(owner)],
    ["provider", `${owner.context}-pay`],
    ...earlierSlots(part, earlier),
  ]);
}

/** What a part has to do with the one in the context before it: a reference, and a call of its query. */
function earlierSlots(part: Part, earlier: Part | undefined): readonly (readonly [slot: string, text: string])[] {
  const names = new Map([...part.names, ["Earlier", earlier ? nameIn(earlier, "Order") : ""]]);
  return Object.entries(earlierTexts).map(([slot, text]) => [slot, earlier ? inWordsOf(names, text) : ""] as const);
}

const earlierTexts = {
  earlierField: "\n  follows: t.ref(<Earlier>).optional(),",
  earlierQuery: ", get<Earlier>",
  earlierCall: `
    const { follows } = await db.<Order>.get(input.order);
    const earlier = follows === null ? undefined : await calls.get<Earlier>({ order: follows });`,
  earlierCount: " + (earlier ? 1 : 0)",
};

function openingText(part: Part, { first, owner, earlier }: Neighbours): string {
  const imports = new Map<string, string[]>();
  const take = (from: Part, ...names: readonly string[]): void => {
    if (from.context !== part.context) imports.set(from.context, [...(imports.get(from.context) ?? []), ...names]);
  };
  take(first, nameIn(first, "Profile"), "customer", "staff");
  take(owner, providerOf(owner));
  if (earlier) take(earlier, nameIn(earlier, "Order"), `get${nameIn(earlier, "Order")}`);
  const words = ["context", "decimal", ...(owner === part ? ["integration"] : []), ...(part.isFirst ? ["role"] : []), "t"];
  const lines = [...imports].map(([from, names]) => `import { ${names.join(", ")} } from "./${from}.ts";`);
  return `import { ${words.join(", ")} } from "archwright";
${lines.map((line) => `${line}\n`).join("")}
export const ${nameIn(part, "Context")} = context("${part.context}", { owner: "team ${part.context.charAt(0)}" });
`;
}

function systemText(parts: readonly Part[]): string {
  const contexts = parts.filter(({ opens }) => opens);
  const busy = contexts.slice(0, loadsMax);
  const imports = contexts.map((part) => {
    const placed = busy.includes(part) ? [`place${nameIn(part, "Order")}`] : [];
    return `import { ${[nameIn(part, "Context"), ...placed].join(", ")} } from "./${fileOf(part)}";`;
  });
  const loads = busy.map((part) => `    { on: place${nameIn(part, "Order")}, mean: "2/s", peak: "15/s" },`);
  return `import { system } from "archwright";
${imports.join("\n")}

export default system("generated", {
  contexts: [${contexts.map((part) => nameIn(part, "Context")).join(", ")}],
  team: 12, budget: "4000 EUR/month", region: "eu", comply: ["gdpr"], availability: "99.9%", rpo: "5m", rto: "1h",
  load: [
${loads.join("\n")}
  ],
});
`;
}

const loadsMax = 5;
const providerOf = (owner: Part): string => `${nameIn(owner, "Context")}Pay`;

function nameIn({ names, context }: Part, role: string): string {
  const name = names.get(role);
  if (name === undefined) throw new RangeError(`The part of ${context} has no name for <${role}>.`);
  return name;
}
