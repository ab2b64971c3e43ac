/** A name in ASCII letters, digits and the given marks. Different names stay different: whatever else is in them, the underscore included, is written as its number. */
export function safeName(name: string, marks = ".-"): string {
  const allowed = new Set(marks);
  return Array.from(name, (character) =>
    /[A-Za-z0-9]/.test(character) || allowed.has(character) ? character : `_${codeOf(character)}_`,
  ).join("");
}

const codeOf = (character: string): string => (character === "_" ? "" : (character.codePointAt(0) ?? 0).toString(16));
