import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { prepareTools } from "./prepare.mjs";

/** What `npm run check` holds true, in the order of what is cheapest to mend. `--skip tests` leaves a step out. */
const steps = {
  types: ["node_modules/typescript/bin/tsc", "-b"],
  format: ["node_modules/oxfmt/bin/oxfmt", "--check"],
  lint: ["node_modules/oxlint/bin/oxlint"],
  documents: ["scripts/docs.mjs", "--check"],
  "dead code": ["node_modules/knip/bin/knip.js"],
  tests: ["node_modules/vitest/vitest.mjs", "run", "--project", "fast"],
};

const { values } = parseArgs({ options: { skip: { type: "string", multiple: true, default: [] } } });

prepareTools();
const before = changes();
const failed = Object.entries(steps)
  .filter(([name]) => !values.skip.includes(name))
  .filter(([name, command]) => !passes(name, command))
  .map(([name]) => name);
if (before === "" && changes() !== "") {
  failed.push("clean tree");
  console.log(`clean tree: checking changed files\n${changes()}\n  fix: Commit what belongs to the project, and ignore what does not.`);
}
console.log(failed.length === 0 ? "All is well." : `Failed: ${failed.join(", ")}. (\`npm run format\` mends the format.)`);
process.exit(failed.length === 0 ? 0 : 1);

/**
 * @param {string} name
 * @param {readonly string[]} command
 */
function passes(name, command) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: Infinity });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}

/** What git sees as changed; nothing where there is no git. */
function changes() {
  return spawnSync("git", ["status", "--porcelain"], { encoding: "utf8" }).stdout ?? "";
}
