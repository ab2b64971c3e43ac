import { Ajv2020 } from "ajv/dist/2020.js";
import { assemble, canonicalJson, modelSchema } from "@archwright/model";
import { expect, test } from "vitest";
import hello from "../../examples/hello/system.ts";
import shop from "../../examples/shop/system.ts";

const validate = new Ajv2020({ strict: false }).compile(modelSchema as object); // A schema is an object.
const plain = (system: unknown): Record<string, unknown> => JSON.parse(canonicalJson(assemble(system).model));

test.each([
  ["hello", hello],
  ["shop", shop],
])("the model of %s is what the published schema says", (_, system) => {
  validate(plain(system));
  expect(validate.errors ?? []).toEqual([]);
});

test("a model with a field that nobody knows is refused", () => {
  expect(validate({ ...plain(hello), more: 1 })).toBe(false);
});

test("a step of an unknown kind is refused", () => {
  const model = plain(hello);
  expect(validate(JSON.parse(JSON.stringify(model).replace('"kind":"update"', '"kind":"replace"')))).toBe(false);
});
