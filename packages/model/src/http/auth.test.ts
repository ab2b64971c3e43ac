import { expect, test } from "vitest";
import { context, role, system, t } from "../language.ts";
import type { Model } from "../model/model.ts";
import { assemble } from "../recording/assemble.ts";
import { authRoutesOf, signUpFields } from "./auth.ts";
import { schemaScope } from "./schemas.ts";

const Identity = context("identity");
const User = Identity.entity("User", {
  id: t.id("usr"),
  email: t.email().unique(),
  name: t.text(),
  status: t.state({ on: ["off"], off: [] }),
  joined: t.time().now(),
});
const Courier = Identity.entity("Courier", { id: t.id("cou"), phone: t.phone() });
const buyer = role("buyer", User, { signUp: true });
const courier = role("courier", Courier, { signUp: true });
const staff = role("staff", User);

function modelWith(...roles: (typeof buyer | typeof courier | typeof staff)[]): Model {
  const Shop = context("shop");
  roles.forEach((one, index) => void Shop.command(`act${index}`, { allow: [one] }));
  return assemble(system("s", { contexts: [Identity, Shop] })).model;
}
const paths = (model: Model): readonly string[] => authRoutesOf(schemaScope(model)).map(({ path }) => path);

test("a model without roles has no way to sign in", () => {
  expect(paths(modelWith())).toEqual([]);
});

test("a model whose roles are all granted has no way to sign up", () => {
  expect(paths(modelWith(staff))).toEqual(["/auth/sign-in", "/auth/refresh", "/auth/sign-out", "/.well-known/jwks.json"]);
});

test("signing up takes the credentials, and the actor's fields that the row is not born with", () => {
  const model = modelWith(buyer);
  expect(model.roles.flatMap((one) => signUpFields(model, one)).map(({ name }) => name)).toEqual(["role", "email", "password", "name"]);
});

test("the role may be left out where there is only one to choose", () => {
  const [alone] = authRoutesOf(schemaScope(modelWith(buyer)));
  const [first] = authRoutesOf(schemaScope(modelWith(buyer, courier)));
  expect(alone?.body).toMatchObject({ required: ["email", "password", "name"] });
  expect(first?.body).toMatchObject({
    oneOf: [{ required: ["role", "email", "password", "name"] }, { required: ["role", "email", "password", "phone"] }],
  });
});
