/** Every word of `words` occurs in the text, whatever its case. */
export function textMatches(text: string, words: string): boolean {
  const searched = lowerCase(text);
  return lowerCase(words)
    .split(whiteSpace)
    .every((word) => searched.includes(word));
}

/** What separates words, spelt out, because JavaScript and PostgreSQL call different characters white space. */
export const whiteSpaceClass = "[\\t\\n\\u000b\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+";
const whiteSpace = new RegExp(whiteSpaceClass, "u");

/**
 * Lower case, each character by itself, as PostgreSQL's collation pg_c_utf8 does it. A whole text would end in another sigma
 * than the same letters in its middle, and a word would not find itself.
 */
function lowerCase(text: string): string {
  return Array.from(text, (character) => (character === "\u0130" ? "i" : character.toLowerCase())).join("");
}
