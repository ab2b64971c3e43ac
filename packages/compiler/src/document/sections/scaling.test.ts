import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { formatted } from "../../formulas/words.ts";
import { scaling } from "./scaling.ts";

const subject = subjectOf(sampleShop());

test("what gives way first is the first limit that today's peak does not exceed", () => {
  const [first] = subject.design.limits.filter(({ bearsTimes }) => bearsTimes >= 1);
  expect(toldBy(scaling, subject)[0]).toContain(`it bears ${formatted(first?.bearsTimes ?? 0, "count")} times today's peak`);
});

test("a peak that is not borne is said to be so, with the worst limit", () => {
  const { design } = subject;
  const [limit] = design.limits;
  const broken = { ...subject, design: { ...design, limits: limit ? [{ ...limit, bearsTimes: 0.5 }] : [] } };
  expect(toldBy(scaling, broken)[0]).not.toContain("it bears");
  expect(linesAbout(scaling, broken, "error: As chosen, it does not bear today's peak")[0]).toContain("0.5 times that load");
});

test("ten times the load are told by their bill and by each decision that changes", () => {
  const { bill } = subject.design;
  expect(linesAbout(scaling, subject, "Ten times the load would cost")[0]).toContain(formatted(bill.atTenTimes.total, "money", "EUR"));
  const lines = toldBy(scaling, subject);
  const head = lines.indexOf("Decision | Today | At ten times the load");
  expect(lines.slice(head + 1).filter((line) => line.split(" | ").length === 3)).toHaveLength(bill.atTenTimes.changes.length);
});
