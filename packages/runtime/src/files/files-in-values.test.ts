import type { Field } from "@archwright/model";
import { expect, test } from "vitest";
import { filesIn } from "./files-in-values.ts";

const scan: Field = { kind: "file", maxBytes: 1, types: [], name: "scan" };
const fields: readonly Field[] = [
  scan,
  { kind: "text", name: "note" },
  { kind: "json", name: "place", fields: [scan] },
  { kind: "list", name: "pages", fields: [scan, { kind: "list", name: "parts", fields: [scan] }] },
];
const placesOf = (values: Readonly<Record<string, unknown>>) => filesIn(fields, values).map(({ path, id }) => `${path} ${id}`);

test("every file is found, with the place that names it", () => {
  const pages = [
    { scan: "c", parts: [] },
    { scan: "d", parts: [{ scan: "e" }, { scan: "f" }] },
  ];
  expect(placesOf({ scan: "a", place: { scan: "b" }, pages })).toEqual([
    "scan a",
    "place.scan b",
    "pages.0.scan c",
    "pages.1.scan d",
    "pages.1.parts.0.scan e",
    "pages.1.parts.1.scan f",
  ]);
});

test("what is missing, and a text that only looks like a file, names none", () => {
  expect(placesOf({ scan: null, note: "fil_1", pages: [{ scan: null, parts: null }] })).toEqual([]);
});
