import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, test } from "vitest";
import { mermaid as emitter } from "../../packages/compiler/src/emit/mermaid/emitter.ts";
import { examples, stamp } from "./models.ts";

let parse: (text: string) => Promise<unknown>;
beforeAll(async () => {
  const { window } = new JSDOM("");
  Object.assign(globalThis, { window, document: window.document, Element: window.Element });
  const { default: mermaid } = await import("mermaid");
  parse = (text) => mermaid.parse(text);
});

describe.each(Object.entries(examples))("%s", (name, model) => {
  test.each(emitter.emit(model, stamp).map(({ path, text }) => [path, text] as const))("%s", async (path, text) => {
    await import("node:fs").then((fs) => (fs.mkdirSync(`/tmp/mmd/${name}/sequences`, { recursive: true }), fs.mkdirSync(`/tmp/mmd/${name}/states`, { recursive: true }), fs.writeFileSync(`/tmp/mmd/${name}/${path}`, text)));
    expect(await parse(text)).toBeTruthy();
  });
});
