import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { isPerson, looksPersonal, undeclaredPersonalFields } from "./personal-data.ts";

const { Orders, contexts } = sample();
Orders.entity("Thing", {
  id: t.id("thg"),
  email: t.email(),
  phone: t.phone(),
  firstName: t.text(),
  birthDate: t.date(),
  shippingAddress: t.json({ street: t.text() }),
  ipAddress: t.text(),
  name: t.text(),
  address: t.text(),
  hasPassport: t.bool(),
  birthCount: t.time(),
  rename: t.text(),
  template: t.text(),
});
const model = modelOf(contexts);
const thing = model.entities.find(({ name }) => name === "Thing");
const personal = (ofPerson: boolean) => thing?.fields.filter((field) => looksPersonal(field, ofPerson)).map(({ name }) => name);

test("kinds and names that mean a person are personal wherever they stand", () => {
  expect(personal(false)).toEqual(["email", "phone", "firstName", "birthDate", "shippingAddress", "ipAddress"]);
});

test("a name and an address are personal where the row is a person", () => {
  expect(personal(true)).toEqual(["email", "phone", "firstName", "birthDate", "shippingAddress", "ipAddress", "name", "address"]);
});

test("what a field declares holds for those inside it, and the items of a person's list are things", () => {
  const { Orders: Other, contexts: all } = sample();
  const declared = t.json({ birthDate: t.date() }).pii("contract", "90d");
  const skills = t.list({ name: t.text(), birthDate: t.date() });
  Other.entity("Person", { id: t.id("per"), declared, skills, home: t.json({ city: t.text() }) });
  const [person] = modelOf(all).entities.filter(({ name }) => name === "Person");
  const paths = undeclaredPersonalFields(person?.fields ?? [], "p", true).map(({ path }) => path);
  expect(paths).toEqual(["p.skills.birthDate", "p.home.city"]);
});

test("an entity is a person by its name, or as an actor who can be reached", () => {
  expect(model.entities.filter((entity) => isPerson(entity, model.roles)).map(({ name }) => name)).toEqual(["User"]);
  expect(thing && isPerson(thing, [{ name: "robot", actor: thing.id }])).toBe(true);
  expect(thing && isPerson({ ...thing, fields: thing.fields.slice(3) }, [{ name: "robot", actor: thing.id }])).toBe(false);
});
