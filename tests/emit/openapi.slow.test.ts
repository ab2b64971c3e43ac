import { emitOpenApi } from "@archwright/compiler";
import { assemble, type JsonRecord } from "@archwright/model";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import everything from "../fixtures/everything.ts";
import { models, stamp } from "./models.ts";

/** Whose licence an API has is not known to its model, and the rule asks for one. */
const expectedWarnings = ["warn info-license"];

describe.each(Object.entries({ ...models, everything: assemble(everything).model }))("the contract of %s", (_, model) => {
  const document = emitOpenApi(model, stamp);

  test("is one to Redocly", async () => {
    expect(await findings(document)).toEqual(expectedWarnings);
  });

  test("shows only examples that its own schemas accept", () => {
    const shown = examplesIn(document);
    expect(shown.length).toBeGreaterThan(10);
    expect(faults(document, shown)).toEqual([]);
  });
});

describe("a contract with a fault in it is refused", () => {
  const shop = emitOpenApi(models.shop, stamp);

  test.each([
    ["a misspelled key", (text: string) => text.replace('"requestBody"', '"requestBodyy"'), "error struct"],
    [
      "a reference that leads nowhere",
      (text: string) => text.replace("#/components/schemas/Order", "#/components/schemas/Ordr"),
      "error no-unresolved-refs",
    ],
    [
      "two operations with one id",
      (text: string) => text.replace('"operationId":"getOrder"', '"operationId":"placeOrder"'),
      "error operation-operationId-unique",
    ],
    [
      "security that is not described",
      (text: string) => text.replace('"securitySchemes":{"bearer"', '"securitySchemes":{"other"'),
      "error security-defined",
    ],
  ])("for %s", async (_, broken, expected) => {
    expect(await findings(JSON.parse(broken(JSON.stringify(shop))) as JsonRecord)).toContain(expected); // The replacements keep it JSON.
  });

  test("for an example that its schema refuses", () => {
    const broken = JSON.parse(JSON.stringify(shop).replaceAll('"quantity":2', '"quantity":0')) as JsonRecord; // See above.
    expect(faults(broken, examplesIn(broken))).not.toEqual([]);
  });
});

/** What Redocly's recommended rules find: the severity and the rule. */
async function findings(document: JsonRecord): Promise<readonly string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: "openapi.json" });
  return problems.map(({ severity, ruleId }) => `${severity} ${ruleId}`);
}

interface Shown {
  /** Where its schema stands in the document. */
  readonly schema: string;
  readonly value: unknown;
}

/** Every `example`, and every value of `examples`, that has a schema beside it. */
function examplesIn(part: unknown, pointer = ""): readonly Shown[] {
  if (typeof part !== "object" || part === null) return [];
  const entries = Object.entries(part);
  const own =
    "schema" in part
      ? entries.flatMap(([key, value]) =>
          key === "example"
            ? [value]
            : key === "examples"
              ? Object.values(value as object).map((each) => (each as { value: unknown }).value)
              : [],
        )
      : [];
  return [
    ...own.map((value) => ({ schema: `${pointer}/schema`, value })),
    ...entries.flatMap(([key, value]) =>
      key === "schema" ? [] : examplesIn(value, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    ),
  ];
}

function faults(document: JsonRecord, shown: readonly Shown[]): readonly string[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  return shown.flatMap(({ schema, value }) => {
    const validate = ajv.compile({ $ref: `openapi#${encodeURI(schema)}` });
    return validate(value) ? [] : [`${schema}: ${ajv.errorsText(validate.errors)}`];
  });
}
