import { canonicalJson, modelSchema } from "@archwright/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../formulas/evaluate.ts";
import { undecided } from "./deciding.ts";
import { randomModel } from "./random-model.ts";

const validate = new Ajv2020({ strict: false }).compile(modelSchema as object); // A schema is an object.
/** A counterexample is told by its two numbers, and grows fewer contexts. */
const anySeed = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 6 }));
const runs = { numRuns: 300, seed: 1 };

test("every model is what the published schema says", () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const model = randomModel(...seed);
      validate(JSON.parse(canonicalJson(model)));
      expect(validate.errors ?? []).toEqual([]);
    }),
    runs,
  );
});

test("every model is decided, and no number is missing", () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { sheet, decisions } = undecided(randomModel(...seed));
      const values = evaluate(sheet);
      const missing = sheet.formulas.filter((_, place) => Number.isNaN(values[place]));
      expect(missing).toEqual([]);
      for (const { choice } of decisions) expect(choice.options[values[sheet.placeOf.get(choice) ?? -1] ?? -1]).toBeTypeOf("string");
    }),
    runs,
  );
}, 30_000);

test("the same seed is the same model", () => {
  expect(canonicalJson(randomModel(7))).toBe(canonicalJson(randomModel(7)));
  expect(canonicalJson(randomModel(7))).not.toBe(canonicalJson(randomModel(8)));
});

test("the models have everything that a model may have", () => {
  const models = Array.from({ length: 300 }, (_, seed) => randomModel(seed));
  const kinds = new Set(models.flatMap(({ entities }) => entities.flatMap(({ fields }) => fields.map(({ kind }) => kind))));
  expect([...kinds].sort()).toEqual(
    "bool date decimal duration email file id int json list money oneOf phone ref secret state text time url".split(" "),
  );
  const lists = ["contexts", "roles", "entities", "operations", "events", "integrations", "reactions", "messages", "jobs"] as const;
  for (const list of lists) expect(models.filter((model) => model[list].length > 0).length).toBeGreaterThan(30);
});
