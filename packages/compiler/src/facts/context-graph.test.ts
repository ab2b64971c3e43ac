import { expect, test } from "vitest";
import { contextCycles, type Dependency } from "./context-graph.ts";

const dependency = (arrow: string): Dependency => {
  const [from = "", to = ""] = arrow.split(" → ");
  return { from, to, path: `${from}.X.${to}`, target: `${to}.Y` };
};
const cyclesOf = (...arrows: readonly string[]): readonly string[] =>
  contextCycles(arrows.map(dependency)).map((cycle) => cycle.map(({ from }) => from).join(" → "));

test("contexts in layers have no cycle", () => {
  expect(cyclesOf("a → b", "b → c", "a → c")).toEqual([]);
});

test("each context of a knot is shown in its shortest cycle, and no cycle twice", () => {
  expect(cyclesOf("a → b", "b → c", "c → a", "b → a", "x → y", "y → x")).toEqual(["a → b", "c → a → b", "x → y"]);
});

test("a context on the way to a cycle is no part of it", () => {
  expect(cyclesOf("a → b", "b → c", "c → b")).toEqual(["b → c"]);
});
