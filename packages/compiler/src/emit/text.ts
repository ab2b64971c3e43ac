/** A line, or a list of lines that stand indented below the line before it. What is false or undefined is left out. */
export type Block = string | false | undefined | readonly Block[];

/** The text of nested blocks, ended by one newline. */
export function render(blocks: readonly Block[], indent = "  "): string {
  return linesOf(blocks, "", indent)
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function linesOf(blocks: readonly Block[], margin: string, indent: string): readonly string[] {
  return blocks.flatMap((block) => {
    if (block === false || block === undefined) return [];
    if (typeof block !== "string") return linesOf(block, margin + indent, indent);
    if (block.includes("\n")) throw new Error(`A line was expected, not ${JSON.stringify(block)}: a part of it has to be escaped.`);
    return [margin + block];
  });
}
