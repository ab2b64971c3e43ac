import { expect, test } from "vitest";
import { code, link, type Block } from "./block.ts";
import type { Document } from "./document.ts";
import { htmlOf } from "./html.ts";

const hostile = `<script>alert("1")</script><img src=x onerror='go'>`;
const graph = {
  nodes: [
    { id: hostile, label: hostile, shape: "box" as const, inside: "g" },
    { id: "b", label: "b", shape: "store" as const },
  ],
  groups: [{ id: "g", label: hostile }],
  edges: [{ from: hostile, to: "b", label: hostile, line: "solid" as const }],
};
const sequence = { participants: [{ id: "a", label: hostile }], messages: [{ from: "a", to: "a", text: hostile, line: "solid" as const }] };
const everything: readonly Block[] = [
  { kind: "heading", level: 2, text: hostile, id: hostile },
  { kind: "paragraph", text: [hostile, code(hostile), link(hostile, hostile)] },
  { kind: "list", items: [hostile], ordered: true },
  { kind: "table", head: [hostile], rows: [[hostile]] },
  { kind: "code", language: "http", text: hostile },
  { kind: "picture", title: hostile, graph },
  { kind: "sequence", title: hostile, sequence },
  { kind: "note", tone: "error", text: hostile },
];
const documentWith = (blocks: readonly Block[]): Document => ({
  title: hostile,
  chapters: [{ id: "one", title: hostile, blocks }],
  records: [
    { id: "adr-timeout", alsoCalled: ["adr-timeout-bank"], number: 1, title: hostile, chosen: hostile, blocks: structuredClone(blocks) },
  ],
});
const pageOf = (document: Document): string => htmlOf(document, { hash: "h" }).text;

test("whatever a model says, it is text", () => {
  const page = pageOf(documentWith(everything));
  expect(page).not.toMatch(/<script|<img|onerror='/);
  expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(20);
});

test("the page loads nothing and runs nothing", () => {
  const page = pageOf(documentWith(everything));
  expect(page).not.toMatch(/https?:|<(?:img|script|iframe|link|object|embed|source|use|image)\b|@import|url\(/);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

test("every link of the page leads to an id that is there once", () => {
  const page = pageOf(
    documentWith([
      { kind: "heading", level: 2, text: "Same" },
      { kind: "heading", level: 2, text: "Same" },
      { kind: "paragraph", text: [link("it", "adr-timeout-bank"), link("gone", "nowhere")] },
    ]),
  );
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, target = ""]) => decodeURIComponent(target));
  expect(new Set(ids).size).toBe(ids.length);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  expect(targets).toContain("adr-timeout-bank");
  expect(page).not.toContain("nowhere");
});

test("what a link to a record leads to lies within the part that unfolds", () => {
  expect(pageOf(documentWith([]))).toMatch(/<\/summary>\s*<div id="adr-timeout"><span id="adr-timeout-bank">/);
});

test("numbers stand to the right, and names may be broken after a dot", () => {
  const page = pageOf(documentWith([{ kind: "table", head: ["a", "n"], rows: [[[code("orders.placeOrder")], "1"]], numbers: [1] }]));
  expect(page).toContain('<td><code>orders.<wbr>placeOrder</code></td><td class="figure">1</td>');
});
