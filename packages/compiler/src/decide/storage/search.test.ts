import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Articles that are found by some words of at most so many characters. */
function library(charactersMax: number) {
  const Library = context("library");
  const reader = role("reader", sample().User);
  const Article = Library.entity(
    "Article",
    { id: t.id("art"), words: t.text().max(charactersMax).search() },
    { expect: { rows: 1_000_000, growth: "1/day" } },
  );
  const find = Library.query("find", {
    allow: [reader],
    input: { words: t.text() },
    returns: t.page(Article),
    body: ({ input, page }) => page(Article, { where: (row) => row.words.matches(input.words) }),
  });
  return modelOf([Library], { load: [{ on: find, mean: "1/s", peak: "2/s" }] });
}

const decision = "search:library.Article";
const titles = library(100);
const texts = library(1_200);

test("short texts are found by trigrams, which find parts of words too", () => {
  expect(verdictOf(titles, decision).chosen).toBe("trigram");
});

test("long texts are found by words once trigrams of them take more than 100 ms", () => {
  expect(verdictOf(texts, decision, { "library.Article.rows": 900_000 }).chosen).toBe("trigram");
  const { chosen, options } = verdictOf(texts, decision, { "library.Article.rows": 1_100_000 });
  expect(chosen).toBe("full-text");
  expect(options["trigram"]?.ruledOutBy).toEqual(["people who search wait that long for each letter they type"]);
});

test("beyond ten million rows an engine is needed, whatever their length", () => {
  expect(verdictOf(titles, decision, { "library.Article.rows": 9.9e6 }).chosen).toBe("trigram");
  expect(verdictOf(titles, decision, { "library.Article.rows": 10.1e6 }).chosen).toBe("engine");
});

test("many searches at once cost the database more than a dictionary costs hours", () => {
  const answers = { "library.Article.rows": 900_000 };
  expect(verdictOf(texts, decision, { ...answers, "library.find.peak": 1 }).chosen).toBe("trigram");
  expect(verdictOf(texts, decision, { ...answers, "library.find.peak": 20 }).chosen).toBe("full-text");
});

test("an engine has two nodes, and two more for each 50 GB of its index", () => {
  const { options } = verdictOf(texts, decision, { "library.Article.rows": 2e8 });
  // 200 million texts of 400 characters, at 0.8 bytes of index each, are 64 GB.
  expect(options["engine"]).toMatchObject({ cost: 4 * 54, behind: 1_000 });
});

test("what is not searched has nothing to find it", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "search:orders.Order")).toThrow("There is no decision search");
});
