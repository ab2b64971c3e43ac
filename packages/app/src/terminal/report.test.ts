import { describe, expect, test } from "vitest";
import { renderFindings, summarize, type Reported } from "./report.ts";
import { widthOf } from "./width.ts";

const sources: { readonly [file: string]: string } = {
  "/shop/orders.ts":
    "import { Product } from './catalog.ts';\n\nexport const placeOrder = Orders.command('placeOrder', {\n  slo: { p99: '400ms' },\n});\n",
  "/shop/catalog.ts": "export const Product = Catalog.entity('Product', {\n  price: t.decimal(10, 2),\n});\n",
};

const slow: Reported = {
  code: "latency/call-fits-promise",
  severity: "error",
  item: "orders.placeOrder",
  message: "placeOrder promises 400 ms, and waits up to 900 ms for stripe.createPaymentIntent.",
  why: "A promise that the design cannot keep wakes somebody up at night, and the customer has gone by then.",
  fix: "Start the payment in a command of its own, or answer before it is through.",
  at: [
    { file: "/shop/orders.ts", line: 3, column: 34 },
    { file: "/shop/catalog.ts", line: 2, column: 3 },
  ],
};
const decimal: Reported = {
  ...slow,
  code: "data/money-is-money",
  severity: "warning",
  item: "catalog.Product.price",
  message: "price is a decimal.",
  why: "It rounds.",
  fix: 'Write t.money("EUR").',
  at: [{ file: "/shop/catalog.ts", line: 2, column: 10 }],
};
const note: Reported = { ...decimal, code: "names/plural", severity: "info", at: [{ file: "/shop/catalog.ts", line: 1, column: 1 }] };
const lost: Reported = {
  code: "load/no-such-file",
  message: 'There is no file or folder "shpo".',
  why: "The model is read from there.",
  fix: 'Did you mean "shop"?',
  at: [],
};

const render = (findings: readonly Reported[], width = 80): string =>
  renderFindings(findings, { width, color: false, readSource: (file) => sources[file], folder: "/shop" });

test("a finding is its message, both its places, why and fix", () => {
  expect(render([slow])).toMatchInlineSnapshot(`
    "orders.ts

    error  latency/call-fits-promise  orders.placeOrder
    placeOrder promises 400 ms, and waits up to 900 ms for
    stripe.createPaymentIntent.

      orders.ts:3:34
        1 │ import { Product } from './catalog.ts';
        2 │
      > 3 │ export const placeOrder = Orders.command('placeOrder', {
          │                                  ^^^^^^^
        4 │   slo: { p99: '400ms' },
        5 │ });

      catalog.ts:2:3
        1 │ export const Product = Catalog.entity('Product', {
      > 2 │   price: t.decimal(10, 2),
          │   ^^^^^
        3 │ });

      why A promise that the design cannot keep wakes somebody up at night, and the
          customer has gone by then.
      fix Start the payment in a command of its own, or answer before it is through.

    1 error in 1 file
    "
  `);
});

test("files come in the order of the alphabet, and in each the worst first, then by line", () => {
  const earlier: Reported = { ...slow, code: "earlier", at: [{ file: "/shop/orders.ts", line: 1, column: 1 }] };
  const codes = render([note, slow, decimal, earlier]).match(/\S+\/\S+(?=  )|earlier/g);
  expect(codes).toEqual(["data/money-is-money", "names/plural", "earlier", "latency/call-fits-promise"]);
});

test("a problem without a place comes first, under no file", () => {
  expect(render([decimal, lost]).split("\n").slice(0, 6).join("\n")).toMatchInlineSnapshot(`
    "error  load/no-such-file
    There is no file or folder "shpo".

      why The model is read from there.
      fix Did you mean "shop"?
    "
  `);
});

test("no line of text is wider than the terminal", () => {
  expect(Math.max(...render([slow, decimal], 50).split("\n").map(widthOf))).toBeLessThanOrEqual(50);
});

describe("a source that cannot be read", () => {
  test("is replaced by the frame that the problem brings", () => {
    expect(render([{ ...lost, at: [{ file: "/gone/system.ts", line: 1, column: 2 }], frame: "gone/system.ts:1:2\n> 1 │ oops" }])).toContain(
      "  > 1 │ oops\n",
    );
  });

  test("leaves the place alone where there is no frame", () => {
    expect(render([{ ...lost, at: [{ file: "/gone/system.ts", line: 1, column: 2 }] }])).toContain("  ../gone/system.ts:1:2\n");
  });
});

test("two places on the same spot are shown once", () => {
  const [at] = decimal.at;
  const once = render([decimal]);
  expect(render([{ ...decimal, at: at ? [at, at] : [] }]).match(/catalog\.ts:2:10/g)?.length).toBe(once.match(/catalog\.ts:2:10/g)?.length);
});

test("colour changes nothing but colour", () => {
  const colored = renderFindings([slow, lost], { width: 80, color: true, readSource: (file) => sources[file], folder: "/shop" });
  // oxlint-disable-next-line no-control-regex -- colours are control sequences
  expect(colored.replace(/\u001B\[\d+m/g, "")).toBe(render([slow, lost]));
  expect(colored).not.toBe(render([slow, lost]));
});

test("the summary counts what there is", () => {
  expect([summarize([]), summarize([slow, slow, decimal, note]), summarize([lost]), summarize([decimal])]).toEqual([
    "Nothing found.",
    "2 errors, 1 warning, 1 note in 2 files",
    "1 error",
    "1 warning in 1 file",
  ]);
});
