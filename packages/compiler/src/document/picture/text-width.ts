/** Of Helvetica and the fonts that are cut to its measure, in thousandths of the size, from the space on. */
const printable = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
  278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
  667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
] as const;

const otherLetter = 620;
const fullWidth = 1_050;
/** Bold letters are wider, and where Helvetica is not at hand its stand-in may be. */
const slack = 1.07;

/** How wide a line is, in pixels: a picture is laid out where nothing can measure it. */
export function widthOf(line: string, size: number): number {
  let thousandths = 0;
  for (const character of line) thousandths += widthOfCharacter(character.codePointAt(0) ?? 0);
  return (thousandths * size * slack) / 1_000;
}

const widthOfCharacter = (code: number): number => printable[code - 32] ?? (code >= 0x1100 ? fullWidth : otherLetter);

/** Lines that are no wider than asked for. What its author broke stays broken; a word that is too long is broken between two letters. */
export function wrapped(text: string, size: number, widthMax: number): readonly string[] {
  return text.split("\n").flatMap((line) => wrappedLine(line.replaceAll(/\s+/g, " ").trim(), size, widthMax));
}

function wrappedLine(line: string, size: number, widthMax: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").flatMap((whole) => brokenWord(whole, size, widthMax))) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && widthOf(longer, size) > widthMax) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

function brokenWord(word: string, size: number, widthMax: number): readonly string[] {
  if (widthOf(word, size) <= widthMax) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && widthOf(piece + character, size) > widthMax) {
      // Between the words of a name, where there is such a place in the last half of the line.
      const at = lastSeam(piece);
      pieces.push(piece.slice(0, at));
      piece = piece.slice(at);
    }
    piece += character;
  }
  return [...pieces, piece];
}

function lastSeam(piece: string): number {
  for (let at = piece.length - 1; at > piece.length / 2; at -= 1)
    if (/[._\-/,]/.test(piece.charAt(at - 1)) || (/[a-z]/.test(piece.charAt(at - 1)) && /[A-Z]/.test(piece.charAt(at)))) return at;
  return piece.length;
}
