/** What a model may be written in. */
export const modelExtensions: ReadonlySet<string> = new Set([".ts", ".mts", ".js", ".mjs"]);
