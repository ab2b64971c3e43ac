import { expect, test } from "vitest";
import { boundedName } from "./bounded-name.ts";
import {
  columnName,
  entityRole,
  invariantName,
  listTableName,
  loginRole,
  operationRole,
  schemaName,
  tableName,
  uniqueName,
} from "./names.ts";

test("contexts, entities, lists and fields are called in snake case", () => {
  expect(schemaName("orderDesk")).toBe("order_desk");
  expect(tableName("orderDesk.OrderLine")).toEqual(["order_desk", "order_line"]);
  expect(listTableName("orders.Order", "openItems")).toEqual(["orders", "order_open_items"]);
  expect(columnName("placedAt")).toBe("placed_at");
});

test("a context never gets a schema that is PostgreSQL's or ours", () => {
  expect(["archwright", "public", "informationSchema", "pgCatalog"].map(schemaName)).toEqual([
    "archwright_",
    "public_",
    "information_schema_",
    "pg_catalog_",
  ]);
});

test("two operations never share a role, however their names are joined", () => {
  expect(operationRole("shop", "a.bC")).not.toBe(operationRole("shop", "aB.c"));
  expect(operationRole("shop", "orders.placeOrder")).toBe("shop/orders.placeOrder");
  expect(entityRole("shop", "orders.Order")).toBe("shop/orders.Order");
  expect(loginRole("myShop")).toBe("my_shop_app");
});

test("a name of 63 bytes stays, a longer one keeps its beginning and gets a hash", () => {
  expect(boundedName("x".repeat(63))).toBe("x".repeat(63));
  const long = invariantName(`the total is the sum of the lines, and of the shipping costs ${"x".repeat(40)}`);
  expect(new TextEncoder().encode(long)).toHaveLength(63);
  expect(long).toMatch(/^the total is the sum of the lines, and of the shi[a-z]*_[0-9a-z]+$/);
});

test("names that differ only behind their 63rd byte stay apart", () => {
  const beginning = "x".repeat(70);
  expect(uniqueName(beginning, "first")).not.toBe(uniqueName(beginning, "second"));
});

test("a character is not cut in two", () => {
  const name = boundedName("ü".repeat(40));
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(63);
  expect(name).toMatch(/^ü+_[0-9a-z]+$/);
});
