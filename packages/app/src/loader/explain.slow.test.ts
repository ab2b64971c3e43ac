import { afterAll, describe, test, vi } from "vitest";
import { loadModel } from "./load.ts";
import { installed, model, project, removeProjects, said, type Files } from "./testing.ts";

afterAll(removeProjects);
// Each test starts a process or more, which takes a while where many run at once.
vi.setConfig({ testTimeout: 30_000 });

async function problems(files: Files): Promise<string> {
  const folder = project(files);
  return said(await loadModel(folder, { log: () => {} }), folder);
}

describe.concurrent("text that is no program", () => {
  test("a syntax error is shown at its place, counted in characters", async ({ expect }) => {
    expect(await problems({ "system.ts": model('const é = "😀é"; const a = 5 +;') })).toMatchInlineSnapshot(`
      "load/syntax at system.ts:2:31
      This is no TypeScript: Unexpected token.
      fix: Correct what stands at the caret, or just before it."
    `);
  });

  test("a bracket that is not closed is shown with its opening", async ({ expect }) => {
    expect(await problems({ "system.ts": model("const a = { b: [1, 2;") })).toMatchInlineSnapshot(`
      "load/syntax at system.ts:2:21, system.ts:2:16
      This is no TypeScript: Expected \`,\` or \`]\` but found \`;\`.
      fix: Correct what stands at the caret, or just before it."
    `);
  });

  test("what only Node's engine refuses is shown at its place too", async ({ expect }) => {
    expect(await problems({ "system.ts": model("interface Gone { lines: 1 }", "export const code = /(/;") })).toMatchInlineSnapshot(`
      "load/syntax at system.ts:3:21
      This is no JavaScript that Node can run: Invalid regular expression: /(/: Unterminated group.
      fix: Correct what stands at the caret, or just before it."
    `);
  });
});

describe.concurrent("a file that throws", () => {
  test("is shown where it throws and where it was called from", async ({ expect }) => {
    const files = {
      "system.ts": model('import { positive } from "./numbers.ts";', "positive(-1);"),
      "numbers.ts":
        "enum Gone { lines }\nexport function positive(n: number): void {\n  if (n < 0) throw new RangeError(`${n} is negative`);\n}\n",
    };
    expect(await problems(files)).toMatchInlineSnapshot(`
      "load/file-throws at numbers.ts:3:20, system.ts:3:1
      numbers.ts throws a RangeError: -1 is negative.
      fix: Correct this line, or what it calls."
    `);
  });

  test("a mistake of the moment is named", async ({ expect }) => {
    expect(await problems({ "system.ts": model("const a = {} as { b: { c: 1 } };", "a.b.c;") })).toMatchInlineSnapshot(`
      "load/file-throws at system.ts:3:5
      system.ts throws a TypeError: Cannot read properties of undefined (reading 'c').
      fix: Correct this line, or what it calls."
    `);
  });

  test("what is thrown need not be an Error", async ({ expect }) => {
    expect(await problems({ "system.ts": model('throw "enough";') })).toMatchInlineSnapshot(`
      "load/file-throws at system.ts:2:1
      system.ts throws "enough", which is no Error.
      fix: Correct this line, or what it calls."
    `);
  });

  test("a promise that nobody waits for may fail too", async ({ expect }) => {
    expect(await problems({ "system.ts": model('void Promise.reject(new Error("lost"));', "await 1;", "await new Promise(() => {});") }))
      .toMatchInlineSnapshot(`
      "load/file-throws at system.ts:2:21
      system.ts throws an Error: lost.
      fix: Correct this line, or what it calls."
    `);
  });

  test("a mistake that the language finds is at the author's line", async ({ expect }) => {
    expect(
      await problems({
        "system.ts": model('const Notes = context("notes");', 'Notes.entity("Note", { id: t.id("note"), text: 5 as never });').replace(
          "[]",
          "[Notes]",
        ),
      }),
    ).toMatchInlineSnapshot(`
      "model/field at system.ts:3:7
      notes.Note.text is number 5, not a field.
      fix: Write a field: t.text(), t.int(), t.ref(User), …"
    `);
  });
});

describe.concurrent("an import that leads nowhere", () => {
  test("the file with the ending is offered", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import { Order } from "./orders";', "Order;"), "orders.ts": "export const Order = 1;\n" }))
      .toMatchInlineSnapshot(`
      "load/import-not-found at system.ts:2:23
      There is no file "./orders".
      fix: Write "./orders.ts"."
    `);
  });

  test("the file with the nearest name is offered", async ({ expect }) => {
    expect(
      await problems({ "system.ts": model('import { Order } from "./ordres.ts";', "Order;"), "orders.ts": "export const Order = 1;\n" }),
    ).toMatchInlineSnapshot(`
      "load/import-not-found at system.ts:2:23
      There is no file "./ordres.ts".
      fix: Write "./orders.ts"."
    `);
  });

  test("the index of a folder is offered", async ({ expect }) => {
    expect(
      await problems({ "system.ts": model('import { Order } from "./orders";', "Order;"), "orders/index.ts": "export const Order = 1;\n" }),
    ).toMatchInlineSnapshot(`
      "load/import-not-found at system.ts:2:23
      "./orders" is a folder.
      fix: Write "./orders/index.ts"."
    `);
  });

  test("a package is to be installed", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import { pay } from "@bank/client/payments";', "pay;") })).toMatchInlineSnapshot(`
      "load/import-not-found at system.ts:2:21
      The package "@bank/client" is not installed.
      fix: Run: npm install @bank/client"
    `);
  });

  test("a path that a package does not offer is said to be one", async ({ expect }) => {
    const files = {
      "system.ts": model('import { pay } from "bank/inner.js";', "pay;"),
      "node_modules/bank/package.json": '{"name":"bank","exports":{".":"./index.js"}}',
    };
    expect(await problems(files)).toMatchInlineSnapshot(`
      "load/import-not-found at system.ts:2:21
      The package "bank" does not export "bank/inner.js".
      fix: Import a path that "exports" in the package.json of bank names."
    `);
  });

  test("a file of another kind is no part of a model", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import "./page.css";'), "page.css": "" })).toMatchInlineSnapshot(`
      "load/not-typescript at system.ts:2:8
      "./page.css" is no TypeScript: its ending is .css.
      fix: Move what the model needs into a .ts file and import that."
    `);
  });

  test("JSON wants its type", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import words from "./words.json";', "words;"), "words.json": "{}" }))
      .toMatchInlineSnapshot(`
      "load/not-typescript at system.ts:2:19
      "./words.json" is imported as if it were code.
      fix: Write: import name from "./words.json" with { type: "json" };"
    `);
  });
});

describe.concurrent("a name that a module does not export", () => {
  test("the nearest name of the file is offered", async ({ expect }) => {
    expect(
      await problems({
        "system.ts": model("import {", "  Ordr,", '} from "./orders.ts";', "Ordr;"),
        "orders.ts": "export const Order = 1;\nexport class Line {}\n",
      }),
    ).toMatchInlineSnapshot(`
      "load/export-not-found at system.ts:3:3
      "./orders.ts" exports no "Ordr".
      fix: Did you mean "Order"?"
    `);
  });

  test("the nearest word of the language is offered", async ({ expect }) => {
    expect(await problems({ "system.ts": 'import { systm } from "archwright";\nexport default systm;\n' })).toMatchInlineSnapshot(`
      "load/export-not-found at system.ts:1:10
      "archwright" exports no "systm".
      fix: Did you mean "system"?"
    `);
  });

  test("a type is to be exported as one", async ({ expect }) => {
    expect(
      await problems({
        "system.ts": model('export { Order } from "./orders.ts";'),
        "orders.ts": "export interface Order { id: string }\n",
      }),
    ).toMatchInlineSnapshot(`
      "load/export-not-found at system.ts:2:10
      "./orders.ts" exports no "Order".
      fix: "Order" is a type there. Write: import type { Order }, or export type { Order }."
    `);
  });

  test("a default export that is not there is said to be missing", async ({ expect }) => {
    expect(await problems({ "system.ts": model('import orders from "./orders.ts";', "orders;"), "orders.ts": "export const Order = 1;\n" }))
      .toMatchInlineSnapshot(`
      "load/export-not-found at system.ts:2:20
      "./orders.ts" has no default export.
      fix: Import by name: import { Order }."
    `);
  });

  test("of a package the ways to import are named", async ({ expect }) => {
    expect(
      await problems({
        "system.ts": model('import { pay } from "bank";', "pay;"),
        ...installed("bank", "module.exports = Object.create({ pay: 1 });", "commonjs"),
      }),
    ).toMatchInlineSnapshot(`
      "load/export-not-found at system.ts:2:10
      "bank" exports no "pay".
      fix: Import a name that it exports. If it is a CommonJS package, take the name off the whole: import whole from "bank"; const { pay } = whole;"
    `);
  });
});

describe.concurrent("a circle of files", () => {
  test("is named with its way and each import on it", async ({ expect }) => {
    const files = {
      "system.ts": model('import { Order } from "./orders/order.ts";', "Order;"),
      "orders/order.ts": 'import { Line } from "./line.ts";\nexport const Order = [Line];\n',
      "orders/line.ts": 'import { price } from "../price.ts";\nexport const Line = price;\n',
      "price.ts": 'import { Order } from "./orders/order.ts";\nexport const price = Order.length;\n',
    };
    expect(await problems(files)).toMatchInlineSnapshot(`
      "load/import-circle at price.ts:2:22, price.ts:1:23, orders/order.ts:1:22, orders/line.ts:1:23
      "Order" does not exist yet where price.ts needs it, because the files import each other in a circle: price.ts → orders/order.ts → orders/line.ts → price.ts.
      fix: Let imports point one way: move what both files need into a third one that imports neither."
    `);
  });

  test("does no harm where nothing is used too early", async ({ expect }) => {
    const files = {
      "system.ts": model('import { a } from "./a.ts";', "a();"),
      "a.ts": 'import { b } from "./b.ts";\nexport const a = (): number => b;\n',
      "b.ts": 'import { a } from "./a.ts";\nexport const b = 1;\nexport const again = () => a();\n',
    };
    expect(await problems(files)).toBe("It loads.");
  });
});

describe.concurrent("a default export", () => {
  test("must be there", async ({ expect }) => {
    expect(await problems({ "system.ts": 'import { system } from "archwright";\nexport const shop = system("shop", { contexts: [] });\n' }))
      .toMatchInlineSnapshot(`
      "model/no-system at system.ts:2:1
      There is no default export.
      fix: End the file with: export default system("name", { contexts: [...] });"
    `);
  });

  test("must be a system", async ({ expect }) => {
    expect(await problems({ "system.ts": "const words = {};\n\nexport default words;\n" })).toMatchInlineSnapshot(`
      "model/no-system at system.ts:3:1
      The default export is no system.
      fix: End the file with: export default system("name", { contexts: [...] });"
    `);
  });
});

test("a package that throws while it loads is the author's to import later", async ({ expect }) => {
  expect(await problems({ "system.ts": model('import "bank";'), ...installed("bank", "null.account;", "commonjs") }))
    .toMatchInlineSnapshot(`
    "load/package-throws at system.ts:2:8
    The package "bank" throws a TypeError: Cannot read properties of null (reading 'account').
    fix: Import it in the handler that needs it: await import("bank")."
  `);
});
