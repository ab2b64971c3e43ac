import { describe, expect, test } from "vitest";
import { answeredSilence, answeredUnknown, applied, literalLike } from "./answer-edit.ts";

const source = `import { system, unknown } from "archwright";
export default system("shop", {
  contexts: [Orders], // all of them
  load: [{ on: placeOrder, mean: "8/s", peak: unknown("How strong is the busiest day?", "60/s", ["20/s", "400/s"]) }],
});
`;

describe("an unknown", () => {
  test("becomes the answer, in the unit of its assumption, and all else stays", () => {
    const edit = answeredUnknown("system.ts", source, "How strong is the busiest day?", 250);
    expect(edit && applied(source, edit)).toBe(source.replace(/unknown\(.*\]\)/, '"250/s"'));
  });

  test("that the file does not ask is no edit", () => {
    expect(answeredUnknown("system.ts", source, "How many?", 250)).toBeUndefined();
  });
});

describe("what the model is silent about", () => {
  test("becomes one more line of the system", () => {
    const edit = answeredSilence("system.ts", source, "team", 5);
    expect(edit && applied(source, edit)).toContain('"400/s"]) }],\n  team: 5,\n});');
  });

  test("stays on the line where all is on one", () => {
    const short = 'export default system("hello", { contexts: [Notes] });\n';
    const edit = answeredSilence("system.ts", short, "availability", 0.9995);
    expect(edit && applied(short, edit)).toBe('export default system("hello", { contexts: [Notes], availability: "99.95%" });\n');
  });

  test("that no word of the system answers is no edit", () => {
    expect(answeredSilence("system.ts", source, "orders.Order.rows", 5)).toBeUndefined();
  });
});

test("a value is written as its neighbours are", () => {
  expect([
    literalLike("3", 12),
    literalLike('"5m"', 120_000),
    literalLike("'99.9%'", 0.9995),
    literalLike("`100/day`", 250 / 86_400),
  ]).toEqual(["12", '"2m"', "'99.95%'", "`250/day`"]);
});

describe("an answer to what the model is silent about keeps the format", () => {
  const said = (facts: string): string => {
    const text = `export default system("one", ${facts});\n`;
    const edit = answeredSilence("system.ts", text, "team", 5);
    return (edit ? applied(text, edit) : text).slice('export default system("one", '.length, -");\n".length);
  };

  test.each([
    ["{}", "{ team: 5 }"],
    ["{ contexts: [A] }", "{ contexts: [A], team: 5 }"],
    ["{\n  contexts: [A],\n}", "{\n  contexts: [A],\n  team: 5,\n}"],
    ["{\n  contexts: [A]\n}", "{\n  contexts: [A],\n  team: 5\n}"],
    ["{\n  contexts: [A], // all\n}", "{\n  contexts: [A], // all\n  team: 5,\n}"],
    ["{\n  contexts: [A] // all\n}", "{\n  contexts: [A], // all\n  team: 5\n}"],
    ["{\n\tcontexts: [A],\n\tpin: {\n\t\tcache: one,\n\t},\n}", "{\n\tcontexts: [A],\n\tpin: {\n\t\tcache: one,\n\t},\n\tteam: 5,\n}"],
    ["{\r\n  contexts: [A],\r\n}", "{\r\n  contexts: [A],\r\n  team: 5,\r\n}"],
    ["{\n  contexts: [A] }", "{\n  contexts: [A], team: 5 }"],
    ["facts", "facts"],
  ])("%j", (before, after) => {
    expect(said(before)).toBe(after);
  });
});

test.each([
  ['"60/s"', 0.5, '"30/min"'],
  ['"100/day"', 2, '"2/s"'],
  ['"5m"', 86_400_000, '"1d"'],
  ['"90d"', 90_000, '"90s"'],
  ['"600 EUR/month"', 900, '"900 EUR/month"'],
  ['"5MB"', 2_500_000_000, '"2.5GB"'],
  ["1_000", 25_000, "25000"],
  ['"40%"', 1.5, '"150%"'],
])("an answer that is written like %s stays short: %d is %s", (like, value, text) => {
  expect(literalLike(like, value)).toBe(text);
});
