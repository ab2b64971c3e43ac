import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { indexBudget } from "./index-budget.ts";

/** Readings with an index for each of so many fields, of which pages ask for the first so many. */
function readings({ asked = 1, indexed = 1 } = {}) {
  const Plant = context("plant");
  const field = (at: number) => (at < indexed ? t.int().index() : t.int());
  const fields = { a: field(0), b: field(1), c: field(2), d: field(3), e: field(4), f: field(5) };
  const Reading = Plant.entity("Reading", { id: t.id("rdg"), ...fields }, { expect: { rows: 1_000 } });
  Plant.command("record", {
    allow: "system",
    body: ({ create }) => void create(Reading, { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }),
  });
  Plant.query("show", {
    input: { by: t.int() },
    returns: t.page(Reading),
    body: ({ input, page }) => {
      const names = ["a", "b", "c", "d", "e", "f"] as const;
      for (const name of names.slice(1, asked)) page(Reading, { where: (row) => row[name].eq(input.by) });
      return page(Reading, { where: (row) => row.a.eq(input.by) });
    },
  });
  return modelOf([...sample().contexts, Plant]);
}

const decide = (model: ReturnType<typeof readings>, rates: { readonly writes: number; readonly pages: number; readonly rows: number }) =>
  verdictOf(
    model,
    "index-budget:plant.Reading",
    {
      "plant.Reading.writes": rates.writes,
      "plant.Reading.reads": rates.pages,
      "plant.show.peak.all": rates.pages,
      "plant.Reading.rows.horizon": rates.rows,
      "load.mean": 1,
      "load.peak": 3,
    },
    [indexBudget],
  );

test("indexes that are asked for are kept", () => {
  const { chosen, options } = decide(readings(), { writes: 100, pages: 1, rows: 1_000 });
  expect(chosen).toBe("keep");
  // Of the id and of what pages ask for: 77 bytes each.
  expect(options["keep"]).toMatchObject({ indexes: 2, "log-bytes": 100 * 2 * 77 });
});

test("indexes that nobody asks for go where writes make them dear", () => {
  const model = readings({ indexed: 4 });
  expect(decide(model, { writes: 600, pages: 1, rows: 1_000 }).chosen).toBe("keep");
  const { chosen, options } = decide(model, { writes: 900, pages: 1, rows: 1_000 });
  expect(chosen).toBe("trim");
  expect(options["trim"]).toMatchObject({ indexes: 2 });
});

test("a table that is written more than a thousand times a second has no more than five indexes", () => {
  const model = readings({ indexed: 6, asked: 6 });
  expect(decide(model, { writes: 1_000, pages: 1, rows: 1_000 }).options["keep"]?.ruledOutBy).toEqual([]);
  const { chosen, options } = decide(model, { writes: 1_001, pages: 1, rows: 1_000 });
  expect(chosen).toBe("trim");
  expect(options["keep"]?.ruledOutBy).toEqual(["each row of Reading that is written changes a page of every index"]);
  expect(options["trim"]).toMatchObject({ indexes: 5 });
});

test("pages that are read a few hundred times a second are worth a wider index", () => {
  // Six tenths of 0.3 ms saved for each page, against a tenth of an hour.
  expect(decide(readings(), { writes: 1, pages: 250, rows: 1_000 }).chosen).toBe("keep");
  expect(decide(readings(), { writes: 1, pages: 300, rows: 1_000 }).chosen).toBe("covering");
});

test("an entity without indexes but its key has nothing to decide", () => {
  expect([...undecided(readings({ indexed: 0 }), [indexBudget]).byId.keys()]).not.toContain("index-budget:plant.Reading");
});
