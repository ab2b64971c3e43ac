import { describe, expect, test } from "vitest";
import { deadLinks } from "./anchors.ts";
import { documentOf } from "./document.ts";
import { htmlOf } from "./html.ts";
import { markdownOf } from "./markdown.ts";
import { recordId } from "./record-id.ts";
import { sampleShop } from "./subject/sample-shop.ts";
import { subjectOf } from "./subject/testing.ts";

const subject = subjectOf(sampleShop());
const whole = documentOf(subject, { schema: true });

describe("the document of a shop", () => {
  test("has no link that leads nowhere", () => {
    expect(deadLinks(whole)).toEqual([]);
  });

  test("has a record for every decision, and none twice", () => {
    const names = whole.records.flatMap(({ id, alsoCalled }) => [id, ...alsoCalled]);
    expect(subject.design.decisions.map(recordId).filter((id) => !names.includes(id))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(whole.records.map(({ number }) => number)).toEqual(whole.records.map((_, index) => index + 1));
  });

  test("links every page of Markdown to pages that are there", () => {
    const files = markdownOf(whole);
    const paths = new Set(files.map(({ path }) => path));
    const targets = files.flatMap(({ path, text }) =>
      [...text.replaceAll(/```[^]*?```/g, "").matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) =>
        path.startsWith("adr/") ? (to.startsWith("../") ? to.slice(3) : `adr/${to}`) : to,
      ),
    );
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter((target) => !paths.has(target))).toEqual([]);
  });

  test("is the same each time", () => {
    const again = documentOf(subjectOf(sampleShop()), { schema: true });
    expect(htmlOf(again, { hash: "h" })).toEqual(htmlOf(whole, { hash: "h" }));
  });
});

test("where the data layer is given, neither its chapter nor its records are there", () => {
  const given = documentOf(subject, { schema: false });
  expect(whole.chapters.map(({ id }) => id)).toContain("schema-design");
  expect(given.chapters.map(({ id }) => id)).not.toContain("schema-design");
  expect(given.records.filter(({ id }) => /^adr-(indexes|keys|normalization)/.test(id))).toEqual([]);
  expect(given.records.map(({ id }) => id)).toContain("adr-database-size");
  expect(JSON.stringify(markdownOf(given))).not.toContain("](schema-design.md");
});

test("a chapter that has nothing to say is left out", () => {
  expect(documentOf(subject, { schema: true }, [{ id: "a", title: "A", tell: () => [] }]).chapters).toEqual([]);
});
