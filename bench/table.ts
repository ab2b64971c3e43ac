import type { Spread } from "./spread.ts";

/** Rows as columns: the first is aligned to the left, numbers to the right. The first row is the head. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "),
  );
  return lines.map((line) => `  ${line.trimEnd()}\n`).join("");
}

/** The median, and between which runs it lies: `812 (790–861)`. */
export function inMiddle({ min, median, max }: Spread, digits = 0): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
