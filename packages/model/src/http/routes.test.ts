import { describe, expect, test } from "vitest";
import { context, role, system, t } from "../language.ts";
import type { Model } from "../model/model.ts";
import { assemble } from "../recording/assemble.ts";
import { routesOf } from "./routes.ts";

describe("the routes of a model", () => {
  const Identity = context("identity");
  const User = Identity.entity("User", { id: t.id("usr") });
  const clerk = role("clerk", User);
  const buyer = role("buyer", User);

  test("are those that the access rules grant, to the roles that have them", () => {
    const Shop = context("shop");
    Shop.entity(
      "Category",
      { id: t.id("cat") },
      {
        access: [
          { role: clerk, can: ["list", "create", "delete"] },
          { role: buyer, can: ["list", "read"] },
        ],
      },
    );
    expect(routes(system("s", { contexts: [Identity, Shop] }))).toEqual([
      "GET /categories list shop.Category for buyer, clerk",
      "POST /categories create shop.Category for clerk",
      "GET /categories/:id read shop.Category for buyer",
      "DELETE /categories/:id delete shop.Category for clerk",
    ]);
  });

  test("have none for an entity that nobody may reach, once the system knows a role", () => {
    const Shop = context("shop");
    Shop.entity("Product", { id: t.id("prd") }, { access: [{ role: clerk, can: ["read"] }] });
    expect(routes(system("s", { contexts: [Identity, Shop] }))).toEqual(["GET /products/:id read shop.Product for clerk"]);
  });

  test("are open to anyone where the system knows no role", () => {
    expect(routes(system("s", { contexts: [Identity] }))[0]).toBe("GET /users list identity.User for anyone");
  });

  test("name an operation after its context where the author gave it no path", () => {
    const Shop = context("backOffice");
    Shop.command("placeOrder", {});
    Shop.query("countOrders", { returns: t.int() });
    expect(routes(system("s", { contexts: [Shop] }))).toEqual([
      "GET /back-office/count-orders operation backOffice.countOrders for anyone",
      "POST /back-office/place-order operation backOffice.placeOrder for anyone",
    ]);
  });

  test("have none for an operation of the system's own", () => {
    const Shop = context("shop");
    Shop.command("sweep", { allow: "system" });
    expect(routes(system("s", { contexts: [Shop] }))).toEqual([]);
  });

  test("give an operation the place of an entity's route with the same method and path", () => {
    const Shop = context("shop");
    const Product = Shop.entity("Product", { id: t.id("prd") }, { access: [{ role: clerk, can: ["read", "update"] }] });
    Shop.query("getProduct", { http: "GET /products/:product", input: { product: t.ref(Product) }, returns: Product });
    expect(routes(system("s", { contexts: [Identity, Shop] }))).toEqual([
      "PATCH /products/:id update shop.Product for clerk",
      "GET /products/:product operation shop.getProduct for anyone",
    ]);
  });
});

function routes(defaultExport: unknown): readonly string[] {
  const model: Model = assemble(defaultExport).model;
  return routesOf(model).map(
    ({ method, path, kind, operation, entity, roles }) =>
      `${method} ${path} ${kind} ${operation ?? entity} for ${roles.kind === "roles" ? roles.roles.join(", ") : roles.kind}`,
  );
}
