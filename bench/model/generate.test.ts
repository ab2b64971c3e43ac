import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lint } from "@archwright/compiler";
import { assemble, type Model } from "@archwright/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelFolder } from "../workspace.ts";
import { generateModel } from "./generate.ts";

const root = new URL("../../", import.meta.url).pathname;

describe("a generated model", () => {
  const size = 50;
  let folder: string;
  let model: Model;
  beforeAll(async () => {
    // Beside the packages, where `archwright` is found.
    folder = mkdtempSync(join(root, "node_modules", ".cache", "model-"));
    const system: { readonly default: unknown } = await import(join(modelFolder(size, folder), "system.ts"));
    model = assemble(system.default).model;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has as many commands as entities, twenty of each in a context", () => {
    const commands = model.operations.filter(({ kind }) => kind === "command");
    expect([model.entities.length, commands.length, model.contexts.length]).toEqual([size, size, 3]);
  });

  test("has half of its commands as bodies and half as handlers", () => {
    const kinds = model.operations.filter(({ kind }) => kind === "command").map(({ implementation }) => implementation.kind);
    expect(kinds.filter((kind) => kind === "body")).toHaveLength(size / 2);
    expect(kinds.filter((kind) => kind === "handler")).toHaveLength(size / 2);
  });

  test("has what real models have", () => {
    const fieldKinds = new Set(model.entities.flatMap(({ fields }) => fields.map(({ kind }) => kind)));
    expect([...fieldKinds].sort()).toEqual(
      [
        ["bool", "date", "decimal", "duration", "email", "file", "id", "int", "json", "list"],
        ["money", "oneOf", "phone", "ref", "secret", "state", "text", "time"],
      ].flat(),
    );
    expect(model.entities.every(({ access }) => access.length > 0)).toBe(true);
    for (const items of [model.reactions, model.messages, model.jobs, model.integrations, model.requirements.load]) {
      expect(items.length).toBeGreaterThan(0);
    }
    expect(model.operations.some(({ context, calls }) => calls.some((callee) => !callee.startsWith(`${context}.`)))).toBe(true);
  });

  test("has no mistake, and few findings otherwise", () => {
    const findings = lint(model);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(findings.length).toBeLessThan(size / 2);
  });
});

test("the same size gives the same text", () => {
  expect([...generateModel(100)]).toEqual([...generateModel(100)]);
});

test("a larger model holds the smaller one", () => {
  const [smaller, larger] = [generateModel(40), generateModel(60)];
  const contexts = [...smaller.keys()].filter((file) => file.startsWith("contexts/"));
  expect(contexts).toHaveLength(2);
  for (const file of contexts) expect(larger.get(file)).toBe(smaller.get(file));
});

test.each([0, 15, 810, -10])("%s is no size that a model can have", (size) => {
  expect(() => generateModel(size)).toThrow(RangeError);
});
