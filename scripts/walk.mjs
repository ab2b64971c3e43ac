import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Walks the walk of the README against a running shop: runs each block of shell in one session, and compares what it prints with the
 * block of JSON behind it. A text in the JSON that ends in `…` stands for anything that begins like it.
 *
 *     node scripts/walk.mjs http://127.0.0.1:3000
 */
const [base = "http://127.0.0.1:3000"] = process.argv.slice(2);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const walk = readme.slice(readme.indexOf("## Take a walk"));
const steps = [...walk.matchAll(/```sh\n([\s\S]*?)```(?:\n+```json\n([\s\S]*?)```)?/g)].map(([, script = "", expected]) => ({
  script,
  expected,
}));

const mark = "==== archwright walk ====";
const session = [
  "set -u",
  `BASE='${base}'`,
  ...steps.map(({ script }) => `${script.replaceAll("http://127.0.0.1:3000", base)}\nprintf '\\n%s\\n' '${mark}'`),
].join("\n");
const folder = mkdtempSync(join(tmpdir(), "archwright-walk-"));
const { stdout, stderr, status } = spawnSync("bash", ["-c", session], { cwd: folder, encoding: "utf8" });
rmSync(folder, { recursive: true });
if (status !== 0) fail(`The walk ended with status ${status}.\n${stderr}`);

const answers = stdout.split(`\n${mark}\n`);
const failures = steps.flatMap(({ script, expected }, index) => {
  if (expected === undefined) return [];
  const said = answers[index] ?? "";
  const difference = differenceOf(parse(said), parse(expected), "answer");
  return difference === undefined ? [] : [`${script.trim()}\n  ${difference}\n  It said: ${said.trim().slice(0, 600)}`];
});
if (steps.length < 6) fail(`The README has only ${steps.length} steps to walk: has its heading changed?`);
if (failures.length > 0) fail(failures.join("\n\n"));
console.log(`${steps.length} steps walked at ${base}, each as the README says.`);

/** @param {string} text @returns {unknown} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

/**
 * Where an answer is other than expected, if it is anywhere. Fields that the README leaves out may be there.
 *
 * @param {unknown} said
 * @param {unknown} expected
 * @param {string} path
 * @returns {string | undefined}
 */
function differenceOf(said, expected, path) {
  if (typeof expected === "string" && expected.endsWith("…")) {
    return typeof said === "string" && said.startsWith(expected.slice(0, -1))
      ? undefined
      : `${path} is ${JSON.stringify(said)}, and should begin with "${expected.slice(0, -1)}".`;
  }
  if (typeof expected !== "object" || expected === null)
    return said === expected ? undefined : `${path} is ${JSON.stringify(said)}, and should be ${JSON.stringify(expected)}.`;
  if (typeof said !== "object" || said === null) return `${path} is ${JSON.stringify(said)}, and should be ${JSON.stringify(expected)}.`;
  if (Array.isArray(expected) && (!Array.isArray(said) || said.length !== expected.length))
    return `${path} should have ${expected.length} items.`;
  for (const [key, value] of Object.entries(expected)) {
    const difference = differenceOf(/** @type {Record<string, unknown>} */ (said)[key], value, `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  console.error(why);
  process.exit(1);
}
