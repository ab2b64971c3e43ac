import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function apart(contexts: number, facts: Parameters<typeof modelOf>[1] = {}) {
  const more = Array.from({ length: contexts - 2 }, (_, index) => {
    const made = context(`part${index}`);
    made.entity(`Thing${index}`, { id: t.id("thg"), name: t.text().max(10) });
    return made;
  });
  const pin = { placement: { choose: "process-per-context", because: "many teams" } } as const;
  return modelOf([...sample().contexts, ...more], { pin, ...facts });
}

test("one process calls itself in memory", () => {
  expect(verdictOf(modelOf(sample().contexts), "service-authentication").chosen).toBe("none");
});

test("some processes sign tokens, and very many are worth an authority for certificates", () => {
  // A token costs 0.2 h a process; certificates 50 money, an hour, and 0.02 h a process: they meet at 10.2.
  expect(verdictOf(apart(10), "service-authentication").chosen).toBe("token");
  const { chosen, options } = verdictOf(apart(11), "service-authentication");
  expect(chosen).toBe("mtls");
  expect(options["none"]?.ruledOutBy).toEqual(["whoever gets into the network could call any process as if he were another"]);
});

test("health data travels encrypted from process to process", () => {
  expect(verdictOf(apart(3, { comply: ["hipaa"] }), "service-authentication").chosen).toBe("mtls");
});

test("one context calls nobody", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().max(10) });
  expect(() => verdictOf(modelOf([Notes]), "service-authentication")).toThrow("There is no decision service-authentication");
});
