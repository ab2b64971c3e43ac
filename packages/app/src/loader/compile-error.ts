import { readFileSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { Origin } from "@archwright/model";
import type { FailedLoad } from "./failed-load.ts";
import type { Problem } from "./problem.ts";

/** What V8 refuses though the TypeScript is well formed, such as a bad regular expression or a name that is exported twice. */
export async function compileProblem(error: unknown, load: FailedLoad): Promise<Problem | undefined> {
  if (!(error instanceof SyntaxError)) return undefined;
  const place = await refusedPlace(error.message, load);
  if (!place) return undefined;
  return {
    code: "load/syntax",
    message: `This is no JavaScript that Node can run: ${error.message.replace(/[.]?$/, ".")}`,
    why: "A file that cannot be run says nothing of the system.",
    fix: "Correct what stands at the caret, or just before it.",
    at: [place],
  };
}

/** V8 names the line only when it checks a program, so each file is checked once more. Nothing of this is loaded while all goes well. */
async function refusedPlace(message: string, load: FailedLoad): Promise<Origin | undefined> {
  const { spawnSync } = await import("node:child_process");
  const { authoredPlace, transform } = await import("./transform.ts");
  for (const file of load.graph.files()) {
    const url = pathToFileURL(file).href;
    const code = transform(file, url, readFileSync(file, "utf8"));
    const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--check", "-"], { input: code, encoding: "utf8", env: {} });
    const [line = "", , caret = ""] = stderr.split("\n");
    const number = /^\[stdin\]:(\d+)$/.exec(line)?.[1];
    if (number !== undefined && stderr.includes(message))
      return authoredPlace(file, url, Number(number) - 1, Math.max(0, caret.indexOf("^")));
  }
  return undefined;
}
