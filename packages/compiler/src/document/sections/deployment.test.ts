import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { decidedOtherwise, linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { deployment } from "./deployment.ts";

const subject = subjectOf(sampleShop());

test("what others lean on is built before the way that counts most", () => {
  const lines = toldBy(deployment, subject);
  const base = lines.findIndex((line) => line.startsWith("- What the others lean on: identity"));
  const main = lines.findIndex((line) =>
    line.startsWith("- The way that counts most, from end to end: orders.placeOrder (4/s on the average)"),
  );
  expect(base).toBeGreaterThan(0);
  expect(main).toBeGreaterThan(base);
});

test("two versions that run at once expand before they contract", () => {
  const lines = toldBy(deployment, subject);
  const expand = lines.findIndex((line) => line.startsWith("- Expand: add tables"));
  expect(lines.findIndex((line) => line.startsWith("- Contract, a release later"))).toBeGreaterThan(expand);
  expect(expand).toBeGreaterThan(0);
});

test("a version that stops the one before migrates while nothing runs", () => {
  const stopped = decidedOtherwise(subject, "release", { chosen: "recreate" });
  expect(linesAbout(deployment, stopped, "Expand")).toEqual([]);
  expect(linesAbout(deployment, stopped, "old and new never run at once, so that one step may rename and remove")).toHaveLength(1);
});

test("what may be lost and how long it may take stand beside what the backup gives", () => {
  expect(linesAbout(deployment, subject, "Work that may be lost | ")[0]).toMatch(/\| 5 min \| .+ \| /);
  expect(linesAbout(deployment, subject, "Time until it is back | ")[0]).toMatch(/\| 1 h \| .+ \| /);
});
