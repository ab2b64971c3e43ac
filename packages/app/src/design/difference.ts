import type { Unit } from "@archwright/model";
import { formatted, type Difference } from "@archwright/compiler";
import { indented, type View } from "./summary.ts";

/** What another answer, or another model, makes of a design. */
export function renderDifference(
  { changes, added, removed, breaks, bill, hours, availability }: Difference,
  currency: string,
  { width, paint }: View,
): string {
  const pair = (words: string, [from, to]: readonly [number, number], unit: Unit): readonly string[] =>
    from === to ? [] : [`  ${words.padEnd(14)} ${formatted(from, unit, currency)} → ${paint.strong(formatted(to, unit, currency))}`];
  const lines = [
    ...changes.flatMap(({ decision, question, from, to, because }) => [
      ...indented(`${question} [${decision}]`, width),
      `    ${paint.faint(from)} → ${paint.good(to)}`,
      ...indented(because, width, 4).map(paint.faint),
    ]),
    ...(added.length > 0 ? indented(`Decided in addition: ${added.join(", ")}.`, width) : []),
    ...(removed.length > 0 ? indented(`No longer to be decided: ${removed.join(", ")}.`, width) : []),
    ...breaks.flatMap(({ decision, because }) => indented(`Breaks ${decision}: ${because}.`, width).map(paint.error)),
    ...pair("bill", bill, "money"),
    ...pair("work", hours, "hours"),
    ...pair("availability", availability, "share"),
  ];
  return lines.length === 0 ? "  Nothing changes.\n" : `${lines.join("\n")}\n`;
}
