import { describe, expect, test, vi } from "vitest";
import { designed, type Example } from "./designs.ts";
import { handBills, type HandBill } from "./hand-bills.ts";

// The design of an example takes a second, and longer where many run at once.
vi.setConfig({ testTimeout: 60_000 });

const tolerance = 0.1;
/** A component that comes to less of the bill than this may be left out by hand, and is not compared. */
const small = 0.05;

const bills = Object.entries(handBills) as readonly (readonly [Exclude<Example, "hello">, HandBill])[]; // Its keys are those of the examples.

describe.each(bills)("the bill of %s", (name, { architecture, lines }) => {
  test("was added up by hand for the architecture that is chosen", () => {
    const { decisions } = designed(name).design;
    const chosen = Object.keys(architecture).map((id) => [id, decisions.find((decision) => decision.id === id)?.chosen]);
    expect(Object.fromEntries(chosen), "The architecture is another: add up its bill anew in hand-bills.ts.").toEqual(architecture);
  });

  test("is within a tenth of what comes out by hand", () => {
    const { total, currency } = designed(name).design.bill;
    const byHand = Object.values(lines).reduce((sum, line) => sum + line, 0);
    expect(Math.abs(total.value / byHand - 1), `designed ${total.value}, by hand ${byHand.toFixed(0)} ${currency}`).toBeLessThan(tolerance);
  });

  test("is so in each of its larger components", () => {
    const { total, lines: designedLines } = designed(name).design.bill;
    const components = new Set([...Object.keys(lines), ...designedLines.map(({ component }) => component)]);
    const apart = [...components].flatMap((component) => {
      const ours = designedLines.filter((line) => line.component === component).reduce((sum, { cost }) => sum + cost.value, 0);
      const byHand = lines[component] ?? 0;
      const isLarge = Math.max(ours, byHand) > small * total.value;
      return isLarge && Math.abs(ours - byHand) > tolerance * byHand
        ? [`${component}: designed ${ours.toFixed(2)}, by hand ${byHand.toFixed(2)}`]
        : [];
    });
    expect(apart).toEqual([]);
  });
});
