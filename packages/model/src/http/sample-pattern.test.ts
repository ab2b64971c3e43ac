import fc from "fast-check";
import { expect, test } from "vitest";
import { samplePattern } from "./sample-pattern.ts";

test.each([
  ["^[A-Z]{3}$", "ABC"],
  ["[A-Z]{2}-\\d{4}", "AB-4444"],
  ["(red|blue)+", "red"],
  ["^\\+?[1-9]\\d*$", "1"],
  ["[^@]+@[^@]+", "A@A"],
  ["v(?:\\d+\\.){2}\\d+", "v4.4.4"],
])("%s is shown as %s", (source, text) => {
  expect(samplePattern(source)).toBe(text);
});

test("a text is long enough where the expression lets it grow", () => {
  expect(samplePattern("[a-z]+", 5)).toBe("abcde");
});

test("an expression that looks ahead or back gets no sample, rather than a wrong one", () => {
  expect(["(?=a)b", "(a)\\1", "(?!x)y"].map((source) => samplePattern(source))).toEqual([undefined, undefined, undefined]);
});

test("whatever is answered matches the expression", () => {
  const sources = fc.stringMatching(/^([a-c]|\[[a-c]-?\]|\([a-c]\|[x-z]\)|[a-c][?*+]|\\d\{[1-4]\}|\.){1,6}$/);
  fc.assert(
    fc.property(sources, (source) => {
      const text = samplePattern(source);
      expect(text === undefined || new RegExp(`^(?:${source})$`).test(text)).toBe(true);
    }),
  );
});
