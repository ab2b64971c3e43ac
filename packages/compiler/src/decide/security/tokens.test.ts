import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

const model = modelOf(sample().contexts);

test("processes check a token themselves as long as that locks out soon enough", () => {
  expect(verdictOf(model, "tokens", { processes: 3, "lock-out": 601 }).chosen).toBe("jwt");
  const { chosen, options } = verdictOf(model, "tokens", { processes: 3, "lock-out": 599 });
  expect(chosen).toBe("opaque");
  expect(options["jwt"]?.ruledOutBy).toEqual(["whoever is locked out goes on until his token ends, in all processes but one"]);
});

test("the only process knows at once who is locked out", () => {
  const { chosen, options } = verdictOf(model, "tokens", { processes: 1, "lock-out": 5 });
  expect(chosen).toBe("jwt");
  expect(options["jwt"]?.["locked-out-after"]).toBe(0);
});

test("several kinds of processes do not ask each other at every request", () => {
  const Stock = context("stock");
  Stock.entity("Place", { id: t.id("plc"), name: t.text().max(10) });
  const apart = modelOf([...sample().contexts, Stock], { pin: { placement: { choose: "process-per-context", because: "three teams" } } });
  expect(verdictOf(apart, "tokens").options["opaque"]?.ruledOutBy).toEqual([
    "each process would ask the one that keeps the sessions at every request, and be down when that one is",
  ]);
});

test("where nobody has a role nobody shows a token", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().max(10) });
  expect(() => verdictOf(modelOf([Notes]), "tokens")).toThrow("There is no decision tokens");
});
