import { expect, test } from "vitest";
import { defaultExportPlace, importedNamePlace, importPlace, placesOf } from "./place.ts";

test("a stack is read with paths, URLs and queries, without Node's own frames", () => {
  const stack = [
    "TypeError: no",
    "    at total (/my (shop)/my orders.ts:3:9)",
    "    at new Order (file:///shop/order%20lines.ts?archwright-run=1:4:5)",
    "    at <anonymous> (/shop/system.ts:7:1)",
    "    at async file:///shop/main.mjs:4:7",
    "    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)",
    "    at eval (eval at <anonymous> (/shop/odd.ts:1:1), <anonymous>:1:1)",
    "    at Array.map (<anonymous>)",
  ].join("\n");
  expect(placesOf(stack).map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
    "/my (shop)/my orders.ts:3:9",
    "/shop/order lines.ts:4:5",
    "/shop/system.ts:7:1",
    "/shop/main.mjs:4:7",
    "/shop/odd.ts:1:1",
  ]);
});

test("the place above a stack, which Node writes when files do not fit together, comes first", () => {
  const stack = "/shop/system.ts:2\nimport { Ordr } from './orders.ts';\n         ^^^^\n\nSyntaxError: The requested module";
  expect(placesOf(stack)).toEqual([{ file: "/shop/system.ts", line: 2, column: 10 }]);
});

test("an import is found by the text between its quotes", () => {
  const text = 'import a from "./a.ts"; // from "./b.ts"\nexport * from\n  "./b.ts";\nawait import("./c+.ts");\n';
  expect(importPlace("system.ts", text, "./a.ts")).toEqual({ file: "system.ts", line: 1, column: 15 });
  expect(importPlace("system.ts", text, "./c+.ts")).toEqual({ file: "system.ts", line: 4, column: 14 });
  expect(importPlace("system.ts", text, "./d.ts")).toEqual({ file: "system.ts", line: 1, column: 1 });
});

test("an imported name is found as a whole word, not in an import of types", () => {
  const text = 'import type { Order } from "./orders.ts";\nimport { OrderLine,\n  Order } from "./orders.ts";\n';
  expect(importedNamePlace("system.ts", text, "./orders.ts", "Order")).toEqual({ file: "system.ts", line: 3, column: 3 });
});

test("without a default export the last line is the place", () => {
  expect(defaultExportPlace("a.ts", "const a = 1;\n  export default a;\n")).toEqual({ file: "a.ts", line: 2, column: 3 });
  expect(defaultExportPlace("a.ts", "const a = 1;\nexport { a as default };\n")).toEqual({ file: "a.ts", line: 2, column: 1 });
  expect(defaultExportPlace("a.ts", "const a = 1;\nexport { a };\n\n")).toEqual({ file: "a.ts", line: 2, column: 1 });
  expect(defaultExportPlace("a.ts", "")).toEqual({ file: "a.ts", line: 1, column: 1 });
});
