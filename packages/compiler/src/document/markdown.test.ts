import { expect, test } from "vitest";
import { code, link, strong, type Block } from "./block.ts";
import type { Document } from "./document.ts";
import { markdownOf } from "./markdown.ts";

const documentWith = (blocks: readonly Block[], more: Partial<Document> = {}): Document => ({
  title: "shop",
  chapters: [{ id: "one", title: "One", blocks }],
  records: [],
  ...more,
});
const pageOf = (document: Document, path: string): string | undefined =>
  markdownOf(document).find((artefact) => artefact.path === path)?.text;
const written = (...blocks: readonly Block[]): string => (pageOf(documentWith(blocks), "one.md") ?? "").replace("# One\n\n", "");

test("what a model says is text, never markup", () => {
  expect(written({ kind: "paragraph", text: '<script>alert("x")</script> *b* [c](d)' })).toBe(
    '\\<script\\>alert("x")\\</script\\> \\*b\\* \\[c\\](d)\n',
  );
});

test("a bar in a cell does not end the cell", () => {
  const table = written({ kind: "table", head: ["a|b", "n"], rows: [["1|2\n3", [code("x|y"), " ", strong("z|")]]], numbers: [1] });
  expect(table).toBe("| a\\|b | n |\n| --- | ---: |\n| 1\\|2 3 | `x\\|y` **z\\|** |\n");
});

test("code is fenced by more backticks than it holds", () => {
  expect(written({ kind: "code", language: "text", text: "a\n````\nb" })).toBe("`````text\na\n````\nb\n`````\n");
});

test("an index leads to every chapter and every record", () => {
  const record = { id: "adr-broker", alsoCalled: [], number: 3, title: "What carries the events?", chosen: "An outbox", blocks: [] };
  const files = markdownOf(documentWith([], { records: [record] }));
  expect(files.map(({ path }) => path)).toEqual(["index.md", "one.md", "adr/ADR-003-broker.md"]);
  expect(files[0]?.text).toContain("1. [One](one.md)\n");
  expect(files[0]?.text).toContain("- [ADR-003: What carries the events?](adr/ADR-003-broker.md) An outbox\n");
});

const linked = (to: string): Block => ({ kind: "paragraph", text: [link("there", to)] });
const heading: Block = { kind: "heading", level: 2, text: "Here", id: "here" };
const record = (blocks: readonly Block[]) => ({
  id: "adr-timeout",
  alsoCalled: ["adr-timeout-bank-charge"],
  number: 1,
  title: "T",
  chosen: "C",
  blocks,
});

test("a link leads to a chapter, to a heading of another page, and to the record of any of its decisions", () => {
  const chapters = [
    { id: "one", title: "One", blocks: [linked("two"), linked("here"), linked("adr-timeout-bank-charge")] },
    { id: "two", title: "Two", blocks: [heading] },
  ];
  const page = pageOf({ title: "shop", chapters, records: [record([])] }, "one.md");
  expect(page?.match(/\]\([^)]*\)/g)).toEqual(["](two.md)", "](two.md#here)", "](adr/ADR-001-timeout.md)"]);
});

test("a record leads out of its folder", () => {
  const page = pageOf(documentWith([heading], { records: [record([linked("here"), linked("adr-timeout")])] }), "adr/ADR-001-timeout.md");
  expect(page?.match(/\]\([^)]*\)/g)).toEqual(["](../one.md#here)", "](ADR-001-timeout.md)"]);
});

test("a link to what this document leaves out is plain text", () => {
  expect(written(linked("schema-design"))).toBe("there\n");
});

test("a picture is a diagram of Mermaid under its title", () => {
  const graph = {
    nodes: [
      { id: "a", label: "a", shape: "person" as const },
      { id: "b", label: 'b "c"\nmore', shape: "store" as const, inside: "g" },
    ],
    groups: [{ id: "g", label: "ours" }],
    edges: [{ from: "a", to: "b", label: "SQL", line: "dashed" as const }],
  };
  expect(written({ kind: "picture", title: "What runs", graph })).toBe(
    '**What runs**\n\n```mermaid\nflowchart TB\n  n_a(["a"])\n  subgraph g_g["ours"]\n    n_b[("b #34;c#34;<br/>more")]\n  end\n  n_a -.->|"SQL"| n_b\n```\n',
  );
});
