import { Ajv2020 } from "ajv/dist/2020.js";
import { assemble, canonicalJson, modelSchema, type Model } from "@archwright/model";
import { expect, test } from "vitest";
import { examples, monolithOfToday } from "../examples.ts";
import everything from "../fixtures/everything.ts";

const validate = new Ajv2020({ strict: false }).compile(modelSchema as object); // A schema is an object.
const plain = (model: Model): Record<string, unknown> => JSON.parse(canonicalJson(model));
const models = { ...examples, "the monolith of today": monolithOfToday, "every word of the language": assemble(everything).model };

test.each(Object.entries(models))("the model of %s is what the published schema says", (_, model) => {
  validate(plain(model));
  expect(validate.errors ?? []).toEqual([]);
});

test("a model with a field that nobody knows is refused", () => {
  expect(validate({ ...plain(examples.hello), more: 1 })).toBe(false);
});

test("a step of an unknown kind is refused", () => {
  const model = plain(examples.hello);
  expect(validate(JSON.parse(JSON.stringify(model).replace('"kind":"update"', '"kind":"replace"')))).toBe(false);
});
