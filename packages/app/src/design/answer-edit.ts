import { parseSync } from "oxc-parser";

/** A change of a model file: what stands from `start` to `end` becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What it says, without the lines around it that are written anew. */
  readonly said: string;
}

export const applied = (source: string, { start, end, text }: Pick<Edit, "start" | "end" | "text">): string =>
  `${source.slice(0, start)}${text}${source.slice(end)}`;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

/**
 * The edit that puts an answer where the model asks: the whole `unknown(…)` becomes the value, in the unit in which its assumption is written.
 *
 * @param value In the unit in which the compiler counts: a second, milliseconds, a share.
 * @returns Nothing where the file has no such question.
 */
export function answeredUnknown(file: string, source: string, ask: string, value: number): Edit | undefined {
  const question = callsOf(file, source, "unknown").find(({ args }) => textOf(args[0]) === ask);
  const assumed = question?.args[1];
  if (!question || !assumed) return undefined;
  const { start, end } = question.node;
  const said = literalLike(source.slice(assumed.start, assumed.end), value);
  return { start, end, text: said, said };
}

/** The words of `system(…)` that an assumption can be answered with, and how each is written. */
const systemWords: Readonly<Record<string, { readonly property: string; readonly like: string } | undefined>> = {
  team: { property: "team", like: "3" },
  availability: { property: "availability", like: '"99.9%"' },
  rpo: { property: "rpo", like: '"5m"' },
  rto: { property: "rto", like: '"1h"' },
  growth: { property: "growth", like: '"40%"' },
  users: { property: "users", like: "1000" },
};

/**
 * The edit that answers what the model is silent about, as one more property of `system(…)`.
 *
 * @returns Nothing where the answer belongs elsewhere, or the file has no system.
 */
export function answeredSilence(file: string, source: string, input: string, value: number): Edit | undefined {
  const word = systemWords[input];
  const facts = callsOf(file, source, "system")[0]?.args[1];
  if (!word || facts?.type !== "ObjectExpression") return undefined;
  const properties = facts["properties"] as readonly Node[]; // As every object expression of ESTree has them.
  const last = properties.at(-1);
  const said = `${word.property}: ${literalLike(word.like, value)}`;
  if (!last) return { start: facts.start, end: facts.end, text: `{ ${said} }`, said };
  const [insideStart, insideEnd] = [facts.start, facts.end - 1];
  if (!source.slice(insideStart, last.start).includes("\n")) return { start: last.end, end: last.end, text: `, ${said}`, said };
  const indent = /^[ \t]*/.exec(source.slice(source.lastIndexOf("\n", last.start) + 1))?.[0] ?? "";
  const lineEnd = source.indexOf("\n", last.end);
  if (lineEnd < 0 || lineEnd > insideEnd) return { start: last.end, end: last.end, text: `, ${said}`, said };
  // Whatever else stands on the line of the last property, such as a comment, is about that property.
  const rest = source.slice(last.end, lineEnd).replace(/\r$/, "");
  const hasComma = /^\s*,/.test(rest);
  return {
    start: last.end,
    end: last.end + rest.length,
    text: `${hasComma ? rest : `,${rest}`}${lineBreakOf(source)}${indent}${said}${hasComma ? "," : ""}`,
    said,
  };
}

const lineBreakOf = (source: string): string => (source.includes("\r\n") ? "\r\n" : "\n");

/** A value as the author writes such values: `12` like `3`, `"500/s"` like `"60/s"`, `"99.95%"` like `"99.9%"`, `"1d"` rather than `"1440m"`. */
export function literalLike(written: string, value: number): string {
  const [, quote = "", gap = "", unit = ""] = /^(["'`]?)[\d_.,]+(\s*)([^"'`]*)\1$/.exec(written.trim()) ?? [];
  if (quote === "") return plain(value);
  const used = unitFor(unit, value);
  return `${quote}${plain(value / (unitValues[used] ?? 1))}${gap}${used}${quote}`;
}

/** In which the model can say the same kind of number, from the largest. */
const families: readonly (readonly string[])[] = [
  ["/s", "/min", "/h", "/day"],
  ["d", "h", "m", "s", "ms"],
  ["TB", "GB", "MB", "KB"],
];

/** The unit of the author where the number stays short in it, otherwise the first in which it does. */
function unitFor(unit: string, value: number): string {
  const family = families.find((units) => units.includes(unit)) ?? [];
  const isShort = (other: string): boolean => {
    const number = value / (unitValues[other] ?? 1);
    return number >= 1 && number < 1_000 && Math.abs(Number(number.toPrecision(3)) - number) <= 1e-9 * number;
  };
  const isWhole = (other: string): boolean => isShort(other) && Math.abs((value / (unitValues[other] ?? 1)) % 1) < 1e-9;
  return isShort(unit) ? unit : (family.find(isWhole) ?? family.find(isShort) ?? unit);
}

const unitValues: Readonly<Record<string, number | undefined>> = {
  "/s": 1,
  "/min": 1 / 60,
  "/h": 1 / 3_600,
  "/day": 1 / 86_400,
  "%": 0.01,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
};

const plain = (value: number): string => String(Number(value.toPrecision(10)));

interface CallNode {
  readonly node: Node;
  readonly args: readonly Node[];
}

function callsOf(file: string, source: string, callee: string): readonly CallNode[] {
  const found: CallNode[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const each of part) visit(each);
      return;
    }
    if (!isNode(part)) return;
    const called = part["callee"];
    if (part.type === "CallExpression" && isNode(called) && called["name"] === callee)
      found.push({ node: part, args: part["arguments"] as readonly Node[] }); // As every call of ESTree has them.
    for (const [key, below] of Object.entries(part)) if (key !== "parent") visit(below);
  };
  visit(parseSync(file, source).program);
  return found;
}

const isNode = (part: unknown): part is Node => typeof part === "object" && part !== null && "type" in part && "start" in part;

function textOf(node: Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node["value"] === "string") return node["value"];
  return undefined;
}
