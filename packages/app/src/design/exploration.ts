import { formatted, type Exploration, type Point } from "@archwright/compiler";
import { wrap } from "../terminal/width.ts";
import { indented, type View } from "./summary.ts";

const shownMax = 12;

/** The designs that are worth a thought, each by what distinguishes it from the one that is chosen. */
export function renderExploration({ explored, tried, possible, front }: Exploration, currency: string, { width, paint }: View): string {
  const chosen = front.find(({ isChosen }) => isChosen);
  const cells = (point: Point): readonly string[] => [
    formatted(point.cost, "money", currency),
    formatted(point.hours, "hours"),
    formatted(point.latencyMs, "ms"),
    formatted(point.availability, "share"),
  ];
  const heads = ["a month", "work", "adds", "availability"];
  const shown = shownPoints(front);
  const rows = shown.map(cells);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ");
  const margin = widths.reduce((sum, one) => sum + one + 2, 2);
  const body = shown.flatMap((point, index) => {
    const [first = "", ...more] = wrap(distinction(point, chosen, explored), Math.max(20, width - margin));
    return [
      `${point.isChosen ? paint.good("▶") : " "} ${line(rows[index] ?? [])}  ${paint.faint(first)}`,
      ...more.map((rest) => `${" ".repeat(margin)}${paint.faint(rest)}`),
    ];
  });
  const left = front.length - shown.length;
  if (shown.length === 0) return `${nothingPossible(tried, explored, width).join("\n")}\n`;
  return [
    ...indented(
      `${formatted(tried, "count")} combinations of ${explored.join(", ")} were tried, and everything else followed by its rules. ${possibleInWords(possible)}${frontInWords(front.length)}`,
      width,
      0,
    ),
    "",
    `  ${paint.strong(line(heads))}`,
    ...body,
    ...(left > 0 ? [paint.faint(`  and ${left} more between them: --json shows all`)] : []),
    "",
  ].join("\n");
}

const nothingPossible = (tried: number, explored: readonly string[], width: number): readonly string[] =>
  indented(
    `Each of the ${formatted(tried, "count")} combinations of ${explored.join(", ")} breaks a hard constraint that another option keeps.`,
    width,
    0,
  );

const possibleInWords = (possible: number): string =>
  `${formatted(possible, "count")} of them ${possible === 1 ? "breaks" : "break"} no hard constraint that can be kept`;

function frontInWords(count: number): string {
  if (count === 0) return ".";
  return count === 1
    ? ", and one is the best in every respect:"
    : `, and these ${count} are those of which none is better than another in every respect:`;
}

/** Evenly over the whole front, with the chosen one always among them. */
function shownPoints(front: readonly Point[]): readonly Point[] {
  if (front.length <= shownMax) return front;
  const step = (front.length - 1) / (shownMax - 1);
  const places = new Set(Array.from({ length: shownMax }, (_, index) => Math.round(index * step)));
  return front.filter((point, place) => places.has(place) || point.isChosen);
}

function distinction({ choices, isChosen }: Point, chosen: Point | undefined, explored: readonly string[]): string {
  if (isChosen) return "as decided";
  const different = explored.filter((id) => choices[id] !== chosen?.choices[id]);
  return different.map((id) => `${id} ${choices[id] ?? ""}`).join(", ");
}
