/** What several runs of the same came to. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @param values At least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}

/** The spread of each figure, over runs that all have the same figures. */
export function spreadsOf<Figure extends string>(runs: readonly { readonly [F in Figure]: number }[]): { readonly [F in Figure]: Spread } {
  const [first] = runs;
  const figures = Object.keys(first ?? {}) as Figure[]; // Object.keys forgets which keys there are.
  return Object.fromEntries(figures.map((figure) => [figure, spreadOf(runs.map((run) => run[figure]))])) as { [F in Figure]: Spread }; // The same, by fromEntries.
}
