/** Text as it may stand in HTML and in SVG, between tags and in quotes, whatever is in it. */
export function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n]/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
