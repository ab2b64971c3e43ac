import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { locking } from "./locking.ts";

/** Pages whose visits are counted, or whose places are given away; edited by staff or not. */
function pages({ bounded = false, edited = false, renamed = false } = {}) {
  const { contexts, staff } = sample();
  const Site = context("site");
  const Page = Site.entity(
    "Page",
    { id: t.id("pag"), text: t.text().max(500), visits: bounded ? t.int().max(100) : t.int() },
    { expect: { rows: 10_000 }, access: [{ role: staff, can: edited ? ["read", "update"] : ["read"] }] },
  );
  Site.command("count", {
    allow: "system",
    input: { page: t.ref(Page) },
    body: ({ input, increase }) => void increase(Page, input.page, { visits: 1 }),
  });
  if (renamed)
    Site.command("rename", {
      allow: "system",
      input: { page: t.ref(Page) },
      body: ({ input, update }) => void update(Page, input.page, { text: "x" }),
    });
  return modelOf([...contexts, Site]);
}

const decide = (model: ReturnType<typeof pages>, answers: Readonly<Record<string, number>>) =>
  verdictOf(model, "locking:site.Page", answers, [locking]);

/** Changes a second to the busiest row, by operations that hold it for 1 ms, and by people who have it on the screen for a minute. */
const hot = (byOperations: number, byPeople = 0) => ({
  "site.count.database": 1,
  "site.Page.hot-changes": byOperations,
  ...(byPeople > 0 && { "site.Page.hot-edits": byPeople }),
});

test("versions are compared until one change of twenty would be refused", () => {
  const model = pages();
  expect(decide(model, hot(50)).chosen).toBe("optimistic");
  const { chosen, options } = decide(model, hot(51));
  expect(chosen).toBe("row-lock");
  expect(options["optimistic"]?.ruledOutBy).toEqual(["so many changes of Page would be refused that people give up"]);
  expect(options["optimistic"]?.["refused"]).toBeCloseTo(0.051);
});

test("a number that a hundred times a second is added to is spread over several rows", () => {
  expect(decide(pages(), hot(100)).chosen).toBe("row-lock");
  const { chosen, options } = decide(pages(), hot(101));
  expect(chosen).toBe("shard-counter");
  expect(options["row-lock"]?.ruledOutBy).toEqual(["changes of the busiest row of Page would queue behind each other"]);
  expect(options["shard-counter"]?.["per-row"]).toBeCloseTo(101 / 16);
});

test("a number with a bound is spread like one without", () => {
  expect(decide(pages({ bounded: true }), hot(101)).chosen).toBe("shard-counter");
});

test("rows of which more changes than numbers are not spread", () => {
  const { chosen, options } = decide(pages({ renamed: true }), hot(101));
  expect(Object.keys(options)).toEqual(["optimistic", "row-lock"]);
  expect(chosen).toBe("row-lock");
});

test("no lock helps where people have the same row on the screen", () => {
  const edits = (perSecond: number) => decide(pages({ edited: true }), hot(0, perSecond)).options["row-lock"]?.ruledOutBy;
  // Sixty seconds each: one of twenty is refused at one edit in twenty minutes.
  expect(edits(0.05 / 60)).toEqual([]);
  expect(edits(0.06 / 60)).toEqual(["no lock is held while people have a row of Page on the screen"]);
});

test("the busiest of ten thousand rows gets one of 27 changes that everybody makes", () => {
  const { options } = decide(pages(), { "site.count.peak.all": 1_000, "site.Page.rows.horizon": 10_000 });
  expect(options["optimistic"]?.["per-row"]).toBeCloseTo(1_000 / 27, 0);
});

test("rows that never change have nothing to decide", () => {
  const Site = context("site");
  Site.entity("Visit", { id: t.id("vis"), at: t.time().now() });
  expect([...undecided(modelOf([...sample().contexts, Site]), [locking]).byId.keys()]).not.toContain("locking:site.Visit");
});
