import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lint } from "@archwright/compiler";
import type { Model } from "@archwright/model";
import { expect, test } from "vitest";
import { examples, monolithOfToday } from "./examples.ts";

const folder = fileURLToPath(new URL("../examples/", import.meta.url));

test("each folder of examples has its model among those that are tested", () => {
  const folders = readdirSync(folder).filter((name) => statSync(`${folder}${name}`).isDirectory());
  expect(Object.keys(examples).sort()).toEqual(folders.sort());
});

const errorsOf = (model: Model): readonly string[] =>
  lint(model)
    .filter(({ severity }) => severity === "error")
    .map(({ code, item }) => `${code} at ${item}`);

test.each([...Object.entries(examples), ["monolith of today", monolithOfToday] as const].filter(([name]) => name !== "shop"))(
  "the %s has no mistake that is an error",
  (_, model) => {
    expect(errorsOf(model)).toEqual([]);
  },
);

test("the shop has the one that the README shows", () => {
  expect(errorsOf(examples.shop)).toContain("reliability/callees-fit-callers-p99 at payments.startPayment");
});

test("the monolith of today and what is proposed have the same contexts and carry the same load", () => {
  const said = ({ contexts, requirements: { load, users } }: Model): unknown => ({
    contexts: contexts.map(({ name }) => name),
    load,
    users,
  });
  expect(said(monolithOfToday)).toEqual(said(examples.monolith));
});
