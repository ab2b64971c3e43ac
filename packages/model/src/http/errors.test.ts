import { expect, test } from "vitest";
import { context, system, t } from "../language.ts";
import { assemble } from "../recording/assemble.ts";
import { errorsOf, problems, problemType } from "./errors.ts";

const Stock = context("stock");
const recount = Stock.command("recount", { allow: "system", errors: { Unreadable: 422 }, reads: [], writes: [], handle: async () => {} });
const reserve = Stock.command("reserve", {
  allow: "system",
  errors: { OutOfStock: 409, TooLate: 410 },
  atomic: [recount],
  handle: async () => {},
});
const Orders = context("orders");
Orders.command("place", { errors: { TooLate: 409 }, input: { count: t.int() }, body: ({ atomic }) => atomic(reserve, {}) });
const { model } = assemble(system("s", { contexts: [Orders, Stock] }));
const operation = (id: string) => model.operations.filter((each) => each.id === id);

test("an operation ends in its own errors and in those of all that runs inside its transaction, each once", () => {
  expect(operation("orders.place").flatMap((place) => errorsOf(model, place))).toEqual([
    { name: "TooLate", status: 409, from: "orders.place" },
    { name: "OutOfStock", status: 409, from: "stock.reserve" },
    { name: "Unreadable", status: 422, from: "stock.recount" },
  ]);
});

test("operations that call each other in a circle are followed once", () => {
  const circular = {
    ...model,
    operations: model.operations.map((each) => (each.id === "stock.recount" ? { ...each, atomic: ["orders.place"] } : each)),
  };
  expect(
    circular.operations.flatMap((each) => (each.id === "orders.place" ? errorsOf(circular, each) : [])).map(({ name }) => name),
  ).toEqual(["TooLate", "OutOfStock", "Unreadable"]);
});

test("every problem has a status of failure, a title, and a sentence of what to do", () => {
  for (const [code, { code: said, status, title, meaning }] of Object.entries(problems)) {
    expect(said).toBe(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z]/);
    expect(meaning).toMatch(/\.$/);
  }
});

test("a problem's type is the address of its page", () => {
  expect(problemType("not-found")).toBe("/problems/not-found");
});
