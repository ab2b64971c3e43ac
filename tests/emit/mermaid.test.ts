import { emitters, type Artefact } from "@archwright/compiler";
import type { Model } from "@archwright/model";
import fc from "fast-check";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, test } from "vitest";
import { models, stamp } from "./models.ts";
import { oddModel } from "./odd-model.ts";

/** Mermaid's own parser. It looks for a window while it is loaded, even to parse alone. */
let parse: (text: string) => Promise<{ readonly diagramType: string }>;

beforeAll(async () => {
  const { window } = new JSDOM("");
  Object.assign(globalThis, { window, document: window.document, Element: window.Element });
  const { default: mermaid } = await import("mermaid");
  parse = (text) => mermaid.parse(text);
});

function diagramsOf(model: Model): readonly Artefact[] {
  return emitters.flatMap((emitter) => (emitter.name === "mermaid" ? emitter.emit(model, stamp) : []));
}

const kinds: { readonly [folder: string]: string } = {
  "context-map.mmd": "flowchart-v2",
  "containers.mmd": "flowchart-v2",
  "entities.mmd": "er",
  sequences: "sequence",
  states: "stateDiagram",
};

describe.each(Object.entries(models))("every diagram of %s is one to Mermaid", (_, model) => {
  test.each(diagramsOf(model).map(({ path, text }) => [path, text] as const))("%s", async (path, text) => {
    const [folder = ""] = path.split("/");
    expect((await parse(text)).diagramType).toBe(kinds[folder]);
  });
});

test("the parser that says so refuses a diagram with a fault in it", async () => {
  const [first] = diagramsOf(models.shop);
  await expect(parse(`${first?.text}  a --> --> b\n`)).rejects.toThrow("Parse error");
});

test("whatever the names of a model, its diagrams stay diagrams", async () => {
  const part = fc.constantFrom(
    '"',
    "'",
    ";",
    "#",
    "%%",
    ":",
    "\n",
    "-->",
    "--x",
    "->>",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "|",
    "`",
    "\\",
    "~",
    "@",
    "&",
    "end",
    "class",
    "style",
    "wrap:",
    "1. ",
    "é",
    "🙂",
    "a",
  );
  const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(name, name, name, name, async (...names) => {
      for (const { path, text } of diagramsOf(oddModel(...names))) await expect(parse(text), `${path}\n${text}`).resolves.toBeTruthy();
    }),
    { numRuns: 15 },
  );
}, 60_000);
