import type { Artefact, Stamp } from "../emit/emitter.ts";
import { anchorsOf, type Anchors } from "./anchors.ts";
import type { Block, Mark, Prose } from "./block.ts";
import type { Chapter, DecisionRecord, Document } from "./document.ts";
import { pageStyle } from "./page-style.ts";
import { graphSvg } from "./picture/graph-svg.ts";
import { sequenceSvg } from "./picture/sequence-svg.ts";
import { drawingStyle } from "./picture/svg.ts";
import { escaped } from "./picture/xml.ts";

/** One page that needs nothing but itself: no network, no script. */
export function htmlOf(document: Document, { hash }: Stamp): Artefact {
  const { title, chapters, records } = document;
  const anchors = anchorsOf(document);
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}: the architecture</title>
<style>${pageStyle}${drawingStyle}</style>
</head>
<body>
<nav aria-label="Contents">
<p class="name"><a href="#top">${escaped(title)}</a></p>
<ol>
${[...chapters, ...(records.length > 0 ? [{ id: recordsId, title: recordsTitle }] : [])].map(entry).join("\n")}
</ol>
</nav>
<main id="top">
<header>
<h1>${escaped(title)}: the architecture</h1>
<p>${escaped(summaryOf(document))}</p>
</header>
${chapters.map((chapter, index) => chapterMarkup(chapter, index + 1, anchors)).join("\n")}
${recordsMarkup(records, chapters.length + 1, anchors)}
<footer><p>Made from the model <code>${escaped(hash)}</code>. Change the model, not this page.</p></footer>
</main>
</body>
</html>
`;
  return { path: "index.html", mediaType: "text/html", text };
}

const recordsId = "records";
const recordsTitle = "Records of the decisions";

function summaryOf({ chapters, records }: Document): string {
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `${counted(chapters.length, "chapter")}, ${counted(records.length, "record")} of decisions.`;
}

const entry = ({ id, title }: Pick<Chapter, "id" | "title">): string => `<li><a href="${reference(id)}">${escaped(title)}</a></li>`;
const reference = (id: string): string => escaped(`#${encodeURIComponent(id)}`);

function chapterMarkup({ id, title, blocks }: Chapter, number: number, anchors: Anchors): string {
  return `<section id="${escaped(id)}">
<h2>${number}. ${escaped(title)} ${anchorMark(id)}</h2>
${blocks.map((block) => blockMarkup(block, anchors)).join("\n")}
</section>`;
}

function recordsMarkup(records: readonly DecisionRecord[], number: number, anchors: Anchors): string {
  if (records.length === 0) return "";
  return `<section id="${recordsId}">
<h2>${number}. ${recordsTitle} ${anchorMark(recordsId)}</h2>
${records.map((record) => recordMarkup(record, anchors)).join("\n")}
</section>`;
}

/** The anchors lie within: a browser unfolds what a link leads into. */
function recordMarkup({ id, alsoCalled, number, title, chosen, blocks }: DecisionRecord, anchors: Anchors): string {
  const aliases = alsoCalled.map((alias) => `<span id="${escaped(alias)}"></span>`).join("");
  return `<details class="record">
<summary><span class="number">${String(number).padStart(3, "0")}</span> ${escaped(title)} <strong>${escaped(chosen)}</strong></summary>
<div id="${escaped(id)}">${aliases}
${blocks.map((block) => blockMarkup(block, anchors)).join("\n")}
</div>
</details>`;
}

const anchorMark = (id: string): string => `<a class="anchor" href="${reference(id)}" aria-label="Link to this place">#</a>`;

type Markups = { readonly [K in Block["kind"]]: (block: Extract<Block, { readonly kind: K }>, anchors: Anchors) => string };

const markups: Markups = {
  heading: (block, anchors) => {
    const id = anchors.anchorOf(block);
    const level = block.level + 1;
    return `<h${level} id="${escaped(id)}">${escaped(block.text)} ${anchorMark(id)}</h${level}>`;
  },
  paragraph: ({ text }, anchors) => `<p>${proseMarkup(text, anchors)}</p>`,
  list: ({ items, ordered }, anchors) => {
    const tag = ordered ? "ol" : "ul";
    return `<${tag}>${items.map((item) => `<li>${proseMarkup(item, anchors)}</li>`).join("")}</${tag}>`;
  },
  table: (block, anchors) => tableMarkup(block, anchors),
  code: ({ language, text }) => `<pre tabindex="0"><code class="language-${language}">${escaped(text.trimEnd())}</code></pre>`,
  picture: ({ title, graph }) => figure(title, graphSvg(graph, title)),
  sequence: ({ title, sequence }) => figure(title, sequenceSvg(sequence, title)),
  note: ({ tone, text }, anchors) => `<p class="note ${tone}">${proseMarkup(text, anchors)}</p>`,
};

function blockMarkup(block: Block, anchors: Anchors): string {
  const show = markups[block.kind] as (block: Block, anchors: Anchors) => string; // The table above has one for each kind.
  return show(block, anchors);
}

function figure(title: string, drawing: string): string {
  return `<figure><div class="scroll" tabindex="0">${drawing}</div><figcaption>${escaped(title)}</figcaption></figure>`;
}

function tableMarkup({ head, rows, numbers = [] }: Extract<Block, { readonly kind: "table" }>, anchors: Anchors): string {
  if (rows.length === 0) return "";
  const align = (column: number): string => (numbers.includes(column) ? ' class="figure"' : "");
  const heads = head.map((cell, column) => `<th scope="col"${align(column)}>${escaped(cell)}</th>`).join("");
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, column) => `<td${align(column)}>${proseMarkup(cell, anchors)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>\n${lines.join("\n")}\n</tbody></table></div>`;
}

function proseMarkup(text: Prose, anchors: Anchors): string {
  if (typeof text === "string") return escaped(text);
  return text.map((part) => (typeof part === "string" ? escaped(part) : marked(part, anchors))).join("");
}

function marked(mark: Mark, { holderOf }: Anchors): string {
  switch (mark.kind) {
    case "code":
      return `<code>${breakable(mark.text)}</code>`;
    case "strong":
      return `<strong>${escaped(mark.text)}</strong>`;
    case "link":
      return holderOf(mark.to) === undefined ? escaped(mark.text) : `<a href="${reference(mark.to)}">${escaped(mark.text)}</a>`;
  }
}

/** A long name may be broken after a dot or a slash, so that a table fits a page. */
const breakable = (text: string): string =>
  text
    .split(/(?<=[./_])/)
    .map(escaped)
    .join("<wbr>");
