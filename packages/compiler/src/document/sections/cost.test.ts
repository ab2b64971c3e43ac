import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { formatted } from "../../formulas/words.ts";
import { cost } from "./cost.ts";

const subject = subjectOf(sampleShop());
const { bill } = subject.design;

test("the total is that of the bill, and its components add up to it", () => {
  expect(toldBy(cost, subject)).toContainEqual(expect.stringContaining(`all | ${formatted(bill.total.value, "money", "EUR")}`));
  expect(bill.lines.reduce((sum, { cost: figure }) => sum + figure.value, 0)).toBeCloseTo(bill.total.value, 2);
});

test("what is left of the budget is said, and so is what is missing", () => {
  expect(linesAbout(cost, subject, "good: Of the budget of 400 EUR a month")).toHaveLength(1);
  const poor = { ...subject, design: { ...subject.design, bill: { ...bill, budget: 20 } } };
  expect(linesAbout(cost, poor, "error: The budget of 20 EUR a month is exceeded by")[0]).toMatch(/goes into .+ \(.+ EUR\)/);
});

test("a line has its formula, or says where all of it can be read", () => {
  const large = bill.lines.filter(({ cost: figure }) => figure.value > 0.01 * bill.total.value);
  const [short, long] = [large.filter(({ formula }) => formula.length <= 240), large.filter(({ formula }) => formula.length > 240)];
  expect([short.length > 0, long.length > 0]).toEqual([true, true]);
  for (const { words, formula } of short) expect(linesAbout(cost, subject, `${words} | `)[0]).toContain(formula);
  for (const { words, decision } of long) expect(linesAbout(cost, subject, `${words} | `)[0]).toContain(`archwright explain ${decision}`);
});

test("a question that moves the bill is told with both ends", () => {
  expect(linesAbout(cost, subject, "How many orders come in the busiest second? | ")[0]).toMatch(
    /40\/s \| 10\/s to 300\/s \| .+ EUR to .+ EUR/,
  );
});
