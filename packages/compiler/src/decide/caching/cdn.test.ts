import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { cdn } from "./cdn.ts";

/** A catalogue that anyone may read, with or without pictures, whose answers may or may not be a little old. */
function shop({ pictures = false, stale = false, clients }: { pictures?: boolean; stale?: boolean; clients?: "partner" } = {}) {
  const { Orders, contexts } = sample();
  const Product = Orders.entity("Product", {
    id: t.id("prd"),
    name: t.text().max(100),
    ...(pictures && { picture: t.file({ max: "1MB", types: ["image/png"] }) }),
  });
  const browse = Orders.query("browse", {
    returns: t.page(Product),
    input: { words: t.text().max(20) },
    ...(stale && { stale: "10m" }),
    body: ({ page }) => page(Product),
  });
  return modelOf(contexts, { load: [{ on: browse, mean: "5/s", peak: "20/s" }], ...(clients && { clients: [clients] }) });
}
const decided = (facts: Parameters<typeof shop>[0], answers: Record<string, number> = {}): Verdict =>
  verdictOf(shop(facts), "cdn", answers, [cdn]);

test("files go by a content network where that is cheaper than its upkeep", () => {
  const few = decided({ pictures: true }, { "orders.Product.picture.file-bytes": 5_000 });
  expect(few.chosen).toBe("none");
  const large = decided({ pictures: true }, { "orders.Product.picture.file-bytes": 100_000 });
  expect(large.chosen).toBe("files-only");
  expect(Number(large.options["files-only"]?.["cost"])).toBeLessThan(Number(large.options["none"]?.["cost"]));
});

test("small answers are dearer by a content network, which counts requests", () => {
  const { chosen, options } = decided({ stale: true });
  expect(chosen).toBe("none");
  expect(Number(options["files-and-public-pages"]?.["cost"])).toBeGreaterThan(Number(options["none"]?.["cost"]));
});

test("public answers go by a content network where the server would have much to do for them", () => {
  expect(decided({ stale: true }, { "orders.browse.peak": 1_000 }).chosen).toBe("none");
  expect(decided({ stale: true }, { "orders.browse.peak": 1_500 }).chosen).toBe("files-and-public-pages");
});

test("more than a fifth of the users on another continent rules out having none", () => {
  expect(decided({ stale: true }, { "far-users": 0.2 }).chosen).toBe("none");
  const { chosen, options } = decided({ stale: true }, { "far-users": 0.21 });
  expect(chosen).toBe("files-and-public-pages");
  expect(options["none"]?.ruledOutBy).toEqual(["too many users would wait for a round trip to another continent"]);
});

test("programs of partners are not asked where they are", () => {
  expect(() => decided({ stale: true, clients: "partner" }, { "far-users": 0.9 })).toThrow("Nothing is called far-users");
});

test("answers that are for one caller or fresh are not handed out twice", () => {
  const { chosen, options } = decided({});
  expect(chosen).toBe("none");
  expect(options["files-only"]?.ruledOutBy).toEqual(["there are no files to hand out"]);
  expect(options["files-and-public-pages"]?.ruledOutBy).toEqual(["no answer is both for everybody and allowed to be old"]);
});

test("the bill of what goes out is the same gigabytes at another price", () => {
  const { none } = decided({}).options;
  expect(Number(none?.["cost"])).toBeCloseTo(Number(none?.["gigabytes"]) * 0.09, 9);
});

test("a model that nobody calls sends nothing", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "cdn", {}, [cdn])).toThrow("There is no decision cdn");
});
