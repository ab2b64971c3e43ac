/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  for (const cluster of clustersOf(text)) width += clusterWidth(cluster);
  return width;
}

/** What a reader sees as single characters: `é` and `👩‍🚀` are one each, however many code points they have. */
export function clustersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Breaks a text into lines of at most `width` columns, between words. A word that is too long stays whole: paths and URLs are there to be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** The text, cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const cluster of clustersOf(text)) {
    if (widthOf(kept + cluster) > width - 1) break;
    kept += cluster;
  }
  return `${kept}…`;
}

const printableAscii = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const zeroWidth = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const pictograph = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator})/u;
// The blocks that East Asian terminals draw two columns wide (Unicode TR 11, classes W and F).
const wide =
  /^[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;

function clusterWidth(cluster: string): number {
  if (zeroWidth.test(cluster)) return 0;
  return wide.test(cluster) || pictograph.test(cluster) ? 2 : 1;
}
