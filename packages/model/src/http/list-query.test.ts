import { expect, test } from "vitest";
import { context, role, system, t } from "../language.ts";
import { assemble } from "../recording/assemble.ts";
import { filterFields, sortFields } from "./list-query.ts";
import { placesOf } from "./places.ts";
import { routesOf } from "./routes.ts";

const Shop = context("shop");
const clerk = role("clerk");
const Owner = Shop.entity("Owner", { id: t.id("own") });
Shop.entity(
  "Thing",
  {
    id: t.id("thg"),
    owner: t.ref(Owner),
    code: t.text().unique(),
    note: t.text(),
    open: t.bool().default(true),
    madeAt: t.time().now(),
    price: t.money("EUR").index(),
    size: t.int(),
    rank: t.int().index().optional(),
    status: t.state({ new: ["old"], old: [] }),
  },
  { index: [["size", "code"]], access: [{ role: clerk, can: ["list", "create", "update"], only: ["owner", "code", "note"] }] },
);
const { model } = assemble(system("s", { contexts: [Shop] }));
const things = model.entities.filter(({ name }) => name === "Thing");

test("a list is narrowed by the fields that an index or few values make cheap", () => {
  expect(things.flatMap(filterFields).map(({ name }) => name)).toEqual(["owner", "code", "open", "size", "rank", "status"]);
});

test("a filter that is left out is not the field's default", () => {
  expect(things.flatMap(filterFields).filter(({ default: standard, optional }) => standard !== undefined || optional !== true)).toEqual([]);
});

test("a list is sorted by what every row has and an index gives", () => {
  expect(things.flatMap(sortFields)).toEqual(["id", "code", "madeAt", "price", "size"]);
});

test("a route takes each field where it belongs", () => {
  const places = routesOf(model).map((route) => {
    const { path, query, body } = placesOf(model, route);
    return `${route.method} ${route.path}: ${[path, query, body].map((fields) => fields.map(({ name }) => name).join(",")).join(" | ")}`;
  });
  expect(places).toEqual([
    "GET /things:  | owner,code,open,size,rank,status,sort,limit,after | ",
    "POST /things:  |  | owner,code,note",
    "PATCH /things/:id: id |  | owner,code,note",
  ]);
});
