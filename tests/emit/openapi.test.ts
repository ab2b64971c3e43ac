import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { emitOpenApi } from "@archwright/compiler";
import { examples, stamp } from "./models.ts";

test("x", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  for (const model of Object.values(examples)) {
    const source = JSON.stringify(emitOpenApi(model, stamp), undefined, 2);
    const found = await lintFromString({ source, config, absoluteRef: "openapi.json" });
    for (const p of found) console.log(p.severity, p.ruleId, p.message, p.location[0]?.pointer);
    console.log(source.length);
    await import("node:fs").then((fs) => fs.writeFileSync(`/tmp/${model.name}.openapi.json`, source));
  }
  expect(1).toBe(1);
});
