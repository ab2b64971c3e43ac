import { expect, test } from "vitest";
import { context, integration, system, t, unknown } from "../language.ts";
import type { Model } from "../model/model.ts";
import { assemble } from "./assemble.ts";
import { ModelError } from "./model-error.ts";

type Facts = Omit<Parameters<typeof system>[1], "contexts">;
const requirementsOf = (facts: Facts): Model["requirements"] => assemble(system("x", { contexts: [], ...facts })).model.requirements;

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ModelError) return `${error.message} ${error.fix}`;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

test("what is not said about a system is absent, and its lists are empty", () => {
  expect(requirementsOf({})).toEqual({ clients: [], skills: [], comply: [], load: [], pins: [], accept: {} });
});

test("users, tenants and growth are kept as numbers, and their questions as questions", () => {
  const { users, tenants, growthPerYear } = requirementsOf({
    users: unknown("How many a month?", 5_000, [2_000, 20_000]),
    tenants: { count: 2_000, largest: unknown("How much is the largest?", "30%", ["10%", "45%"]) },
    growth: "150%",
  });
  expect(users).toEqual({ kind: "unknown", ask: "How many a month?", assumed: 5_000, range: [2_000, 20_000] });
  expect(tenants).toEqual({
    count: 2_000,
    largestShare: { kind: "unknown", ask: "How much is the largest?", assumed: 0.3, range: [0.1, 0.45] },
  });
  expect(growthPerYear).toBe(1.5);
});

test("tenants of whom nobody is known to be large have a count only", () => {
  expect(requirementsOf({ tenants: { count: 40 } }).tenants).toEqual({ count: 40 });
});

test("clients and skills are kept once each, in one order, however they are written", () => {
  const { clients, skills } = requirementsOf({ clients: ["web", "mobile", "web"], skills: ["typescript", "go", "kafka"] });
  expect([clients, skills]).toEqual([
    ["mobile", "web"],
    ["go", "kafka", "typescript"],
  ]);
});

test("a pin of each decision is kept with its reason", () => {
  const because = "it was so";
  const { pins } = requirementsOf({ pin: { signIn: { choose: "hosted", because }, regions: { choose: "two-standby", because } } });
  expect(pins).toEqual([
    { decision: "signIn", choose: "hosted", because },
    { decision: "regions", choose: "two-standby", because },
  ]);
});

test("the most rows with one owner, and the availability of a context and of a call, are kept where they were said", () => {
  const Feed = context("feed", { availability: "99.95%" });
  const User = Feed.entity("User", { id: t.id("usr") });
  Feed.entity("Follow", { id: t.id("fol"), of: t.ref(User) }, { expect: { rows: 4e8, growth: "10/s", most: 20_000_000 } });
  const Media = integration("media", {
    calls: { sign: { p50: "20ms", p99: "90ms", availability: "99.9%" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  Feed.command("upload", { calls: [Media.sign] });
  const { contexts, entities, integrations } = assemble(system("x", { contexts: [Feed] })).model;
  expect(contexts[0]?.availability).toBe(0.9995);
  expect(entities[0]?.expected).toEqual({ rows: 4e8, growthPerSecond: 10, most: 20_000_000 });
  expect(integrations[0]?.calls[0]?.availability).toBe(0.999);
});

test.each<[string, Facts, string]>([
  ["half a user", { users: 0.5 }, '"0.5" is not a whole number from 0 on.'],
  ["fewer tenants than none", { tenants: { count: -1 } }, '"-1" is not a whole number from 0 on.'],
  ["a tenant with more than the whole load", { tenants: { count: 2, largest: "130%" } }, `"130%" is not a share from '0%' to '100%'.`],
  ["a growth below nothing", { growth: "-5%" }, `"-5%" is not a growth like '40%' or '150%'.`],
])("%s is refused, with what was expected", (_, facts, message) => {
  expect(refusal(() => requirementsOf(facts))).toContain(message);
});

test("a range is held to what its number is held to", () => {
  expect(refusal(() => requirementsOf({ users: unknown("How many?", 10, [-10, 10]) }))).toContain("Write a whole number");
});
