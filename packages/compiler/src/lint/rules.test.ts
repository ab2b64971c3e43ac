import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { acceptanceRules } from "./acceptance.ts";
import { rules } from "./rules.ts";

// That exactly the rule in question speaks of its example is held by `findings` itself, which throws if another one does.
const folder = new URL("./rules/", import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, folder), "utf8");

test("every rule file is in the list, under the code that is its path", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
  );
  expect(rules.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
});

test.each(rules.map(({ code }) => code))("%s has a reported and an accepted case, each through `findings`", (code) => {
  const [, name] = /export const (\w+) = defineRule/.exec(textOf(`${code}.ts`)) ?? [];
  const tests = textOf(`${code}.test.ts`).replace(/\s+/g, " ");
  expect(tests).toMatch(new RegExp(`expect\\( ?findings\\( ?${name}, .+\\)\\.toMatchInlineSnapshot\\(`));
  expect(tests).toContain(`[${code}] at `);
  expect(tests).toMatch(new RegExp(`expect\\( ?findings\\( ?${name}, .+\\)\\.toBe\\(""\\)`));
});

test.each([...rules, ...Object.values(acceptanceRules)].map((rule) => [rule.code, rule] as const))(
  "%s speaks in whole sentences",
  (_, { message, why, fix }) => {
    for (const sentence of [message, why, fix]) expect(sentence).toMatch(/[.}]$/);
    expect(`${message} ${why} ${fix}`).not.toMatch(/\b(invalid|illegal|bad|wrong)\b/i);
  },
);
