import { code, type Block, type Mark, type Prose } from "../block.ts";

/** Sentences put together from parts that may be missing. */

export type Part = Prose | Mark | false | undefined;
export type Row = readonly Part[];

export const prose = (...parts: readonly Part[]): Prose =>
  parts.flatMap((part) => (part === false || part === undefined || part === "" ? [] : isMark(part) ? [part] : part));

/** [a, b, c] → "a, b and c". */
export function enumerated(parts: readonly (Prose | Mark)[], last = "and"): Prose {
  return prose(
    ...parts.flatMap((part, index): readonly Part[] => (index === 0 ? [part] : [index === parts.length - 1 ? ` ${last} ` : ", ", part])),
  );
}

/** With semicolons, for what has commas of its own. */
export const inTurn = (parts: readonly Part[]): Prose =>
  prose(
    ...parts
      .filter((part) => part !== false && part !== undefined && part !== "")
      .flatMap((part, index) => (index === 0 ? [part] : ["; ", part])),
  );

export const codes = (names: readonly string[]): Prose => enumerated(names.map(code));

/** The first few, and how many more there are. */
export function someCodes(names: readonly string[], most = 6): Prose {
  if (names.length <= most) return codes(names);
  return prose(
    ...names.slice(0, most - 1).flatMap((name, index) => [index === 0 ? "" : ", ", code(name)]),
    ` and ${names.length - most + 1} more`,
  );
}

export const paragraph = (...parts: readonly Part[]): Block => ({ kind: "paragraph", text: prose(...parts) });
export const heading = (text: string, id?: string): Block => ({ kind: "heading", level: 2, text, ...(id !== undefined && { id }) });
export const subheading = (text: string, id?: string): Block => ({ kind: "heading", level: 3, text, ...(id !== undefined && { id }) });
export const warning = (...parts: readonly Part[]): Block => ({ kind: "note", tone: "warning", text: prose(...parts) });
export const broken = (...parts: readonly Part[]): Block => ({ kind: "note", tone: "error", text: prose(...parts) });
export const holding = (...parts: readonly Part[]): Block => ({ kind: "note", tone: "good", text: prose(...parts) });

/** Nothing where there are no rows; a column that is empty in every row is left out. */
export function table(head: readonly string[], lines: readonly Row[], numbers: readonly number[] = []): readonly Block[] {
  const rows = lines.map((line) => line.map((cell) => (typeof cell === "string" ? cell : prose(cell))));
  const used = head.flatMap((_, column) => (rows.some((row) => !isEmpty(row[column])) ? [column] : []));
  if (used.length === 0) return [];
  return [
    {
      kind: "table",
      head: used.map((column) => head[column] ?? ""),
      rows: rows.map((row) => used.map((column) => row[column] ?? "")),
      numbers: used.flatMap((column, place) => (numbers.includes(column) ? [place] : [])),
    },
  ];
}

/** Nothing where there are no items. */
export const bullets = (items: readonly Part[]): readonly Block[] => listOf(items.map((item) => prose(item)));

export const steps = (items: readonly Part[]): readonly Block[] =>
  listOf(items.map((item) => prose(item))).map((list) => ({ ...list, ordered: true }));

function listOf(items: readonly Prose[]): readonly Extract<Block, { readonly kind: "list" }>[] {
  const said = items.filter((item) => item.length > 0);
  return said.length === 0 ? [] : [{ kind: "list", items: said }];
}

/** "1 process", "2 processes". */
export const numberOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Blocks under a heading, or nothing where there is nothing to put under it. */
export const under = (title: string, blocks: readonly Block[], id?: string): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(title, id), ...blocks];

const isMark = (part: Prose | Mark): part is Mark => typeof part === "object" && "kind" in part;

const isEmpty = (cell: Prose | undefined): boolean => cell === undefined || cell.length === 0;

/** What a reader sees of a text, without its marks. */
export const plain = (text: Prose): string =>
  typeof text === "string" ? text : text.map((part) => (typeof part === "string" ? part : part.text)).join("");
