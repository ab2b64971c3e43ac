/** The known word that is likeliest meant by a mistyped one, if any is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const last = word.slice(word.lastIndexOf("/") + 1);
  const sameName = known.find((candidate) => candidate.endsWith(`/${last}`));
  if (sameName !== undefined) return sameName;
  const [closest] = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((left, right) => left.distance - right.distance);
  return closest && closest.distance <= Math.max(2, word.length / 3) ? closest.candidate : undefined;
}

/** Letters to insert, delete or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
