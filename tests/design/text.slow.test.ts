import { explore, stateOf } from "@archwright/compiler";
import { describe, expect, test, vi } from "vitest";
import { renderExplanation } from "../../packages/app/src/design/explanation.ts";
import { renderExploration } from "../../packages/app/src/design/exploration.ts";
import { renderSummary } from "../../packages/app/src/design/summary.ts";
import { paintFor } from "../../packages/app/src/terminal/paint.ts";
import { widthOf } from "../../packages/app/src/terminal/width.ts";
import { designed, exampleNames, type Example } from "./designs.ts";

// The design of an example takes a second, and longer where many run at once.
vi.setConfig({ testTimeout: 60_000 });

/** What somebody reads of an example in a terminal of that width. */
function texts(name: Example, width: number, color: boolean): readonly string[] {
  const { design } = designed(name);
  const view = { width, paint: paintFor(color), folder: "." };
  const explained = ["placement", "hosting", "database-size", "timeout", "broker"].filter((rule) =>
    design.decisions.some((decision) => decision.rule === rule),
  );
  return [renderSummary(design, view), ...[...explained, "design.cost", "load.peak"].map((id) => renderExplanation(design, id, view))];
}

describe.each(exampleNames)("what is read of %s", (name) => {
  test.each([60, 80, 200])("fits a terminal of %i columns", (width) => {
    const long = texts(name, width, false).flatMap((text) => text.split("\n").filter((line) => widthOf(line) > width && isBreakable(line)));
    expect(long).toEqual([]);
  });

  test("has no colours where nobody wants any, and the same words where somebody does", () => {
    const [plain, colored] = [texts(name, 80, false).join("\n"), texts(name, 80, true).join("\n")];
    expect(plain).not.toContain("\u001B");
    expect(colored).toContain("\u001B");
    // oxlint-disable-next-line no-control-regex -- the codes of colours begin with one
    expect(colored.replaceAll(/\u001B\[\d+m/g, "")).toBe(plain);
  });

  test("has every sentence whole, and no number that is none", () => {
    expect(texts(name, 80, false).join("\n")).not.toMatch(/undefined|NaN|\[object|Infinity|\(\)|\.\.(?!\.)| ,/);
  });
});

/** Names and paths stay whole, so that they can be copied. */
const isBreakable = (line: string): boolean => line.trim().includes(" ") && !/\S{40}/.test(line);

test("the designs worth a thought fit a narrow terminal", () => {
  const { open } = designed("shop");
  const exploration = explore(stateOf(open));
  expect(exploration.front.some(({ isChosen }) => isChosen)).toBe(true);
  const text = renderExploration(exploration, open.currency, { width: 80, paint: paintFor(false) });
  expect(text.split("\n").filter((line) => widthOf(line) > 80)).toEqual([]);
});
