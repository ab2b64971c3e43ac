import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf } from "../subject/testing.ts";
import { caching } from "./caching.ts";

const subject = subjectOf(sampleShop());

test("each query that may be late says how late, and how long its answer is kept", () => {
  expect(linesAbout(caching, subject, "orders.showOrders | ")[0]).toMatch(/^orders\.showOrders \| 60\/s \| 30 s \| no answers kept/);
});

test("the options are compared by what the database would still have to read", () => {
  expect(linesAbout(caching, subject, "Redis beside the database | ")[0]).toMatch(/possible \| .+ EUR \| 2 h/);
});
