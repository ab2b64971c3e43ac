import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Clients = NonNullable<NonNullable<Parameters<typeof modelOf>[1]>["clients"]>;

function notes(clients: Clients = []) {
  const Notes = context("notes");
  const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
  const search = Notes.query("search", { returns: t.page(Note), body: ({ page }) => page(Note, {}) });
  return modelOf([Notes], { clients, users: 1_000, load: [{ on: search, mean: "1/s", peak: "2/s" }] });
}

test("one kind of client gets plain routes", () => {
  const { chosen, options } = verdictOf(notes(["web"]), "api-style");
  expect(chosen).toBe("rest");
  expect(options["rest"]).toMatchObject({ hours: 0, latency: 50 });
  expect(options["graphql"]).toMatchObject({ hours: 10, latency: 0.11 });
});

test("two kinds of clients and 67 ways of reading are worth a graph of queries", () => {
  const model = notes(["web", "mobile"]);
  expect(verdictOf(model, "api-style", { "api.reads": 66 }).chosen).toBe("rest");
  expect(verdictOf(model, "api-style", { "api.reads": 67 }).chosen).toBe("graphql");
});

test("partners make a graph of queries dearer", () => {
  const model = notes(["web", "mobile", "partner"]);
  expect(verdictOf(model, "api-style", { "api.reads": 67 }).chosen).toBe("rest");
  expect(verdictOf(model, "api-style").options["graphql"]).toMatchObject({ hours: 16 });
});

test("gRPC is out where browsers or partners are", () => {
  expect(verdictOf(notes(["web", "partner"]), "api-style").options["grpc"]?.ruledOutBy).toEqual([
    "a browser cannot speak it without a translator in between",
    "partners expect plain HTTP, which they can try by hand",
  ]);
});

test("devices alone take gRPC once the traffic that it saves costs more than its hours", () => {
  const model = notes(["device"]);
  // 6 h at 60 are 0.3 of 13,333 GB at 0.09.
  expect(verdictOf(model, "api-style", { "egress.bytes": 13.3e12 }).chosen).toBe("rest");
  expect(verdictOf(model, "api-style", { "egress.bytes": 13.4e12 }).chosen).toBe("grpc");
});

test("where no client is stated a browser is reckoned with", () => {
  const ruledOut = (answers: Record<string, number>) => verdictOf(notes(), "api-style", answers).options["grpc"]?.ruledOutBy.length;
  expect(ruledOut({})).toBe(1);
  expect(ruledOut({ "clients.web": 0 })).toBe(0);
});

test("what has no routes has no style", () => {
  const Quiet = context("quiet");
  Quiet.command("tick", { allow: "system", async handle() {} });
  expect(() => verdictOf(modelOf([Quiet]), "api-style")).toThrow("There is no decision api-style");
});
