import { code, heading, prose, written, type Markdown } from "../emit/markdown/markdown.ts";
import type { Artefact } from "../emit/emitter.ts";
import { anchorsOf, type Anchors } from "./anchors.ts";
import type { Block, Mark, Prose } from "./block.ts";
import type { Document } from "./document.ts";
import { flowchart } from "./picture/mermaid-flowchart.ts";
import { sequenceDiagram } from "./picture/mermaid-sequence.ts";

/** An index, a page for each chapter, and one for each record below `adr/`. */
export function markdownOf(document: Document): readonly Artefact[] {
  const pages = pagesOf(document);
  const anchors = anchorsOf(document);
  const { chapters, records } = document;
  return [
    page("index.md", indexLines(document, pages)),
    ...[...chapters, ...records.map((record) => ({ ...record, title: `${numbered(record.number)}: ${record.title}` }))].map(
      ({ id, title, blocks }) => {
        const path = pages.get(id) ?? "";
        const place: Place = { path, pages, anchors };
        return page(path, [...heading(1, title), ...blocks.flatMap((block) => blockLines(block, place))]);
      },
    ),
  ];
}

/** Which file holds a chapter or a record. */
type Pages = ReadonlyMap<string, string>;

interface Place {
  readonly path: string;
  readonly pages: Pages;
  readonly anchors: Anchors;
}

function pagesOf({ chapters, records }: Document): Pages {
  return new Map([
    ...chapters.map(({ id }) => [id, `${id}.md`] as const),
    ...records.map(({ id, number }) => [id, `adr/${numbered(number)}-${id.replace(/^adr-/, "")}.md`] as const),
  ]);
}

const numbered = (number: number): string => `ADR-${String(number).padStart(3, "0")}`;

function page(path: string, lines: readonly string[]): Artefact {
  return { path, mediaType: "text/markdown", text: `${lines.join("\n").trimEnd()}\n` };
}

function indexLines({ title, chapters, records }: Document, pages: Pages): readonly string[] {
  const entry = (words: string, id: string): string => `[${written(words)}](${pages.get(id) ?? ""})`;
  return [
    ...heading(1, `${title}: the architecture`),
    ...chapters.map((chapter, index) => `${index + 1}. ${entry(chapter.title, chapter.id)}`),
    "",
    ...(records.length > 0 ? heading(2, "Decisions") : []),
    ...records.map(({ id, number, title: words, chosen }) => `- ${entry(`${numbered(number)}: ${words}`, id)} ${written(chosen)}`),
  ];
}

type Lines = { readonly [K in Block["kind"]]: (block: Extract<Block, { readonly kind: K }>, place: Place) => readonly string[] };

const lines: Lines = {
  heading: (block, { anchors }) => [`<a id="${anchors.anchorOf(block)}"></a>`, "", ...heading(block.level, block.text)],
  paragraph: ({ text }, place) => [proseIn(text, place).markdown, ""],
  list: ({ items, ordered }, place) => [
    ...items.map((item, index) => `${ordered ? `${index + 1}.` : "-"} ${proseIn(item, place).markdown}`),
    "",
  ],
  table: ({ head, rows, numbers = [] }, place) => tableLines(head, rows, new Set(numbers), place),
  code: ({ language, text }) => fenced(language, text),
  picture: ({ title, graph }) => [...captioned(title), ...fenced("mermaid", flowchart(graph))],
  sequence: ({ title, sequence }) => [...captioned(title), ...fenced("mermaid", sequenceDiagram(sequence))],
  note: ({ tone, text }, place) => [`> **${tones[tone]}** ${proseIn(text, place).markdown}`, ""],
};

const tones = { good: "Holds.", warning: "Mind.", error: "Broken." } as const;

function blockLines(block: Block, place: Place): readonly string[] {
  const say = lines[block.kind] as (block: Block, place: Place) => readonly string[]; // The table above has one for each kind.
  return say(block, place);
}

const captioned = (title: string): readonly string[] => [prose`**${title}**`.markdown, ""];

/** Longer than any run of backticks in what it holds. */
function fenced(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...text.trimEnd().split("\n"), fence, ""];
}

function tableLines(
  head: readonly string[],
  rows: readonly (readonly Prose[])[],
  numbers: ReadonlySet<number>,
  place: Place,
): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(written)),
    line(head.map((_, column) => (numbers.has(column) ? "---:" : "---"))),
    ...rows.map((row) => line(row.map((cell) => proseIn(cell, place).markdown))),
    "",
  ];
}

function proseIn(text: Prose, place: Place): Markdown {
  if (typeof text === "string") return prose`${text}`;
  return { markdown: text.map((part) => (typeof part === "string" ? spaced(part) : marked(part, place))).join("") };
}

/** Text between marks keeps the spaces at its ends, and is not at the beginning of a line. */
function spaced(part: string): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(part) ?? [];
  return `${before && " "}${inner === "" ? "" : written(inner)}${after && " "}`;
}

function marked(mark: Mark, place: Place): string {
  switch (mark.kind) {
    case "code":
      return code(mark.text).markdown;
    case "strong":
      return `**${written(mark.text.trim())}**`;
    case "link": {
      const to = addressOf(mark.to, place);
      return to === undefined ? written(mark.text) : `[${written(mark.text)}](${to})`;
    }
  }
}

function addressOf(anchor: string, { path, pages, anchors }: Place): string | undefined {
  const holder = anchors.holderOf(anchor);
  const target = holder === undefined ? undefined : pages.get(holder);
  if (holder === undefined || target === undefined) return undefined;
  const isRecord = target.startsWith("adr/");
  const file = path.startsWith("adr/") ? (isRecord ? target.slice("adr/".length) : `../${target}`) : target;
  // A record is a page of its own, whichever of its decisions is meant.
  return anchor === holder || isRecord ? file : `${file}#${encodeURIComponent(anchor)}`;
}
