import { expect, test } from "vitest";
import { t } from "@archwright/model/language";
import { lint } from "./engine.ts";
import { modelOf, rendered, sample } from "./testing.ts";

test("the sample is clean", () => {
  expect(rendered(lint(modelOf(sample().contexts)))).toBe("");
});
