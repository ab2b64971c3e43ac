import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { schemaDesign } from "./schema-design.ts";

const subject = subjectOf(sampleShop());

test("the chapter is left out where the data layer is given", () => {
  expect(schemaDesign.isSchema).toBe(true);
});

test("the largest entity comes first, with the rows and bytes that the design reckons with", () => {
  const lines = toldBy(schemaDesign, subject);
  const head = lines.findIndex((line) => line.startsWith("Entity | Rows now"));
  expect(lines[head + 1]).toMatch(/^orders\.Order \| 100,000 rows \| [\d,]+ rows \| \d+ B \| [\d.]+ GB/);
});

test("each entity says who writes and reads it, the busiest first", () => {
  expect(linesAbout(schemaDesign, subject, "Table orders.order.")[0]).toContain("written by orders.placeOrder 40/s, orders.settle");
});

test("each index says what asks for it", () => {
  expect(linesAbout(schemaDesign, subject, "buyer | ")).toEqual(["buyer | rows of one identity.User, what customer may see"]);
  expect(linesAbout(schemaDesign, subject, "email | no two rows")).toHaveLength(1);
});
