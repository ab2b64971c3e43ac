import { expect, test } from "vitest";
import { render } from "./text.ts";

test("a list within a list is indented below the line before it", () => {
  expect(render(["a", ["b", ["c"]], "d"])).toBe("a\n  b\n    c\nd\n");
});

test("what is false or undefined leaves no line", () => {
  expect(render(["a", false, [undefined, "b"]])).toBe("a\n  b\n");
});

test("an empty line has no blanks", () => {
  expect(render(["a", ["", "b"]])).toBe("a\n\n  b\n");
});

test("a text that would break out of its line is refused", () => {
  expect(() => render(["a\nb"])).toThrow('A line was expected, not "a\\nb"');
});
