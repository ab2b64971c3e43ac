import { emitters } from "@archwright/compiler";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { examples, stamp } from "./models.ts";
import { oddModel } from "./odd-model.ts";
test("x", () => {
  for (const [name, model] of Object.entries({...examples, odd: oddModel("a", "b", "c", "d")})) for (const e of emitters.filter(({name}) => name !== "sql")) for (const a of e.emit(model, stamp)) if (a.path === "model.md") writeFileSync(`/tmp/${name}.md`, a.text);
  expect(1).toBe(1);
});
