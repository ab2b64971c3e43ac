import { kebab } from "@archwright/model";
import type { Block, Prose } from "./block.ts";
import type { Document } from "./document.ts";

export type Heading = Extract<Block, { readonly kind: "heading" }>;

/** What can be linked to, and the part of the document that it is in. */
export interface Anchors {
  /** The id of the chapter or the record that holds an anchor. Nothing for what is not in this document. */
  readonly holderOf: (anchor: string) => string | undefined;
  /** Every heading has an anchor; one that nobody named has it from its chapter and its words. */
  readonly anchorOf: (heading: Heading) => string;
}

export function anchorsOf({ chapters, records }: Document): Anchors {
  const holders = new Map<string, string>();
  const anchors = new Map<Heading, string>();
  const parts = [...chapters, ...records];
  for (const { id } of parts) holders.set(id, id);
  for (const { id, alsoCalled } of records) for (const alias of alsoCalled) if (!holders.has(alias)) holders.set(alias, id);
  // Names that were given come first: a link means them.
  const headings = parts.flatMap(({ id, blocks }) => blocks.flatMap((block) => (block.kind === "heading" ? [{ holder: id, block }] : [])));
  for (const { holder, block } of headings) {
    if (block.id === undefined || holders.has(block.id)) continue;
    holders.set(block.id, holder);
    anchors.set(block, block.id);
  }
  for (const { holder, block } of headings) {
    if (anchors.has(block)) continue;
    const anchor = freeName(`${holder}-${kebab(block.text.replace(/[^\p{L}\p{N}]+/gu, "-")).replace(/^-+|-+$/g, "")}`, holders);
    holders.set(anchor, holder);
    anchors.set(block, anchor);
  }
  return { holderOf: (anchor) => holders.get(anchor), anchorOf: (heading) => anchors.get(heading) ?? "" };
}

/** The links that lead nowhere, with the part that they stand in. A chapter that is left out takes its anchors with it. */
export function deadLinks(document: Document): readonly { readonly in: string; readonly to: string }[] {
  const { holderOf } = anchorsOf(document);
  return [...document.chapters, ...document.records].flatMap(({ id, blocks }) =>
    blocks.flatMap(linksIn).flatMap((to) => (holderOf(to) === undefined ? [{ in: id, to }] : [])),
  );
}

function linksIn(block: Block): readonly string[] {
  switch (block.kind) {
    case "paragraph":
    case "note":
      return linksOf(block.text);
    case "list":
      return block.items.flatMap(linksOf);
    case "table":
      return block.rows.flat().flatMap(linksOf);
    default:
      return [];
  }
}

const linksOf = (text: Prose): readonly string[] =>
  typeof text === "string" ? [] : text.flatMap((part) => (typeof part !== "string" && part.kind === "link" ? [part.to] : []));

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(wanted)) return wanted;
  let copy = 2;
  while (taken.has(`${wanted}-${copy}`)) copy += 1;
  return `${wanted}-${copy}`;
}
