import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { routesDoNotCollide } from "./routes-do-not-collide.ts";

test("two operations with the same route are reported with both places, whatever the parameter is called", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.query("getOrder", { http: "GET /orders/:order", allow: [customer], input: { order: t.ref(Order) }, async handle() {} });
  Orders.query("showOrder", { http: "GET /orders/:shown", allow: [customer], input: { shown: t.ref(Order) }, async handle() {} });
  expect(findings(routesDoNotCollide, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[interface/routes-do-not-collide] at orders.getOrder
      orders.getOrder and orders.showOrder have the same route, GET /orders/:….
      why: No server can tell the requests apart, so the system does not start.
      fix: Give one of them another path."
  `);
});

test("an operation that takes the route of the sign-in is reported", () => {
  const { Identity, customer, contexts } = sample();
  Identity.command("enter", { http: "POST /auth/sign-in", allow: [customer], async handle() {} });
  expect(findings(routesDoNotCollide, modelOf(contexts))).toContain(
    "identity.enter and the sign-in have the same route, POST /auth/sign-in.",
  );
});

test("an entity whose rows would live where the files do is reported", () => {
  const { Orders, customer, contexts } = sample();
  const scan = t.file({ max: "1MB", types: ["image/*"] });
  Orders.entity("File", { id: t.id("fle"), scan }, { access: [{ role: customer, can: ["create", "read"] }] });
  expect(findings(routesDoNotCollide, modelOf(contexts))).toContain("orders.File and the files have the same route, POST /files.");
});

test("an operation that takes the place of an entity's route is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.query("getOrder", { http: "GET /orders/:order", allow: [customer], input: { order: t.ref(Order) }, async handle() {} });
  expect(findings(routesDoNotCollide, modelOf(contexts))).toBe("");
});
