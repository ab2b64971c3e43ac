/** Text that PostgreSQL cannot hold: the character NUL, and half of a surrogate pair. */
const unstorableText = /[\0\p{Surrogate}]/u;

/** Whether some text in a JSON value, or the name of one of its members, is none that can be stored. */
export function isUnstorable(json: unknown): boolean {
  // It nests as deep as its sender likes, and the stack does not.
  const waiting: unknown[] = [json];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string" && unstorableText.test(value)) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (unstorableText.test(key)) return true;
      waiting.push(inner);
    }
  }
  return false;
}

/** What to tell whoever sent it. */
export const unstorableIn = (place: string): string =>
  `A text in ${place} has the character U+0000 or half of a surrogate pair, which no text has.`;
