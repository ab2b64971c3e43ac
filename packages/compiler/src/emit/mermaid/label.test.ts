import { expect, test } from "vitest";
import { label, nodeId, quoted, sentence } from "./label.ts";

test("plain words stay as they are", () => {
  expect(label("decrease stock of Product, or OutOfStock (409)")).toBe("decrease stock of Product, or OutOfStock (409)");
});

test("what a grammar would read is written as its number", () => {
  expect(label('a "b"; c --> d #1 %% {x} <y> | `z`')).toBe(
    "a #34;b#34;#59; c #45;#45;#62; d #35;1 #37;#37; #123;x#125; #60;y#62; #124; #96;z#96;",
  );
});

test("what Markdown would read is written as its number", () => {
  expect([label("1. first"), label("- item"), label("payment_intent"), label("_em_")]).toEqual([
    "1#46; first",
    "#45; item",
    "payment_intent",
    "#95;em#95;",
  ]);
});

test("a text is one line", () => {
  expect(label("a\r\n\tb\u0000 ")).toBe("a b");
});

test("a colon is a colon where it ends nothing", () => {
  expect([label("a: b"), sentence("a: b"), sentence("wrap: b")]).toEqual(["a#58; b", "a: b", "wrap#58; b"]);
});

test("an empty label is a blank, since no label would not be a node", () => {
  expect([quoted(), quoted(""), quoted("a", "b")]).toEqual(['" "', '" "', '"a<br/>b"']);
});

test("a node's name is none of the grammar's words", () => {
  expect([nodeId("c", "end"), nodeId("op", "orders.placeOrder"), nodeId("c", "a b")]).toEqual([
    "c_end",
    "op_orders.placeOrder",
    "c_a_20_b",
  ]);
});
