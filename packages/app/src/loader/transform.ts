import { SourceMap } from "node:module";
import { transformSync, type OxcError, type TransformResult } from "oxc-transform";
import type { Origin } from "@archwright/model";
import { placeAt } from "./place.ts";
import { LoadError, type Problem } from "./problem.ts";

/** The file as JavaScript, with the map that leads every stack back to what the author wrote. */
export function transform(file: string, url: string, text: string): string {
  const { code, map, errors } = transformed(file, text);
  const failures = errors.filter(({ severity }) => severity === "Error");
  if (failures.length > 0) throw new LoadError(failures.map((error) => syntaxProblem(error, file, text)));
  if (!map) return code;
  const withoutText = { version: map.version, sources: map.sources, names: map.names, mappings: map.mappings };
  maps.set(url, withoutText);
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(withoutText)).toString("base64")}`;
}

/** Each file is loaded twice, and is mostly the same the second time. */
function transformed(file: string, text: string): TransformResult {
  const known = results.get(file);
  if (known?.text === text) return known.result;
  const result = transformSync(file, text, { sourcemap: true, sourceType: "module" });
  results.set(file, { text, result });
  return result;
}

const results = new Map<string, { readonly text: string; readonly result: TransformResult }>();

/** Where the author wrote what lies at this place of the transformed code. Both places of the code count from zero. */
export function authoredPlace(file: string, url: string, line: number, column: number): Origin | undefined {
  const map = maps.get(url);
  if (!map) return undefined;
  const entry = new SourceMap({ file: "", sourceRoot: "", sourcesContent: [], ...map }).findEntry(line, column);
  return "originalLine" in entry ? { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 } : undefined;
}

interface MapWithoutText {
  readonly version: number;
  readonly sources: string[];
  readonly names: string[];
  readonly mappings: string;
}

const maps = new Map<string, MapWithoutText>();

function syntaxProblem(error: OxcError, file: string, text: string): Problem {
  const bytes = Buffer.from(text);
  // The last place is where reading failed; one before it, if there is one, is what it collides with.
  const starts = error.labels.map(({ start }) => start).sort((left, right) => right - left);
  return {
    code: "load/syntax",
    message: `This is no TypeScript: ${sentence(error.message)}`,
    why: "A file that cannot be read says nothing of the system.",
    fix: error.helpMessage ? sentence(error.helpMessage) : "Correct what stands at the caret, or just before it.",
    // oxc counts the bytes of UTF-8.
    at: (starts.length > 0 ? starts : [0]).map((start) => placeAt(file, text, bytes.subarray(0, start).toString().length)),
  };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
