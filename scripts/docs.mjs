import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { commands } from "../packages/app/dist/commands.js";
import { variables } from "../packages/app/dist/backend/settings.js";
import { renderSummary } from "../packages/app/dist/design/summary.js";
import { paintFor } from "../packages/app/dist/terminal/paint.js";
import { acceptanceRules, decisions, rules } from "../packages/compiler/dist/index.js";
import { decisionsPage } from "./decisions-page.mjs";

// Writes what is said in two places from the one that decides: the findings in the README, the lists of checks and commands, the goldens of
// the examples. With --check it writes nothing and says what is stale.
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const repository = fileURLToPath(new URL("..", import.meta.url));
const archwright = `${repository}packages/app/bin/archwright.js`;
const examples = readdirSync(`${repository}examples`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// Each takes seconds for its tipping points: all at once, for as many processors as there are.
const designs = await designsOf();
const stale = [
  ...texts()
    .filter(({ file, text }) => keep(file, text))
    .map(({ file }) => file),
  ...examples.flatMap(golden),
];
if (stale.length === 0) console.log("The documents are fresh.");
else
  console.log(
    `${values.check ? "Stale" : "Written"}: ${stale.join(", ")}${values.check ? "\n  fix: node scripts/docs.mjs, and commit what it writes." : ""}`,
  );
process.exit(values.check && stale.length > 0 ? 1 : 0);

/** @returns {readonly { readonly file: string, readonly text: string }[]} */
function texts() {
  return [
    { file: "README.md", text: readme() },
    { file: "docs/checks.md", text: checksPage() },
    { file: "docs/commands.md", text: commandsPage() },
    { file: "docs/decisions.md", text: decisionsPage(decisions, designs) },
    ...[...designs].map(([name, design]) => ({
      file: `examples/${name}/design.txt`,
      text: renderSummary(design, { width: 100, paint: paintFor(false) }),
    })),
  ];
}

/** @param {string} file @param {string} text @returns {boolean} Whether it was other than that. */
function keep(file, text) {
  const path = `${repository}${file}`;
  if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
  if (!values.check) writeFileSync(path, text);
  return true;
}

/** @param {string} name @returns {readonly string[]} */
function golden(name) {
  const folder = `examples/${name}/golden`;
  const { status, stdout, stderr } = run("build", `examples/${name}`, "-o", folder, "--json", values.check ? "--check" : "--force");
  if (status === 2 || stdout === "") throw new Error(`${folder} could not be built.\n${stderr}`);
  return JSON.parse(stdout).changed.map((/** @type {string} */ path) => `${folder}/${path}`);
}

/** The README shows what the commands answer about the shop. */
function readme() {
  const shown = { findings: ["check", "examples/shop", "--brief"], design: ["design", "examples/shop"] };
  return Object.entries(shown).reduce(
    (text, [mark, words]) =>
      text.replace(
        new RegExp(`<!-- ${mark} -->[\\s\\S]*<!-- /${mark} -->`),
        () => `<!-- ${mark} -->\n\`\`\`\n${run(...words).stdout.trimEnd()}\n\`\`\`\n<!-- /${mark} -->`,
      ),
    readFileSync(`${repository}README.md`, "utf8"),
  );
}

/** @returns {Promise<ReadonlyMap<string, import("../packages/model/dist/index.js").Design>>} */
async function designsOf() {
  const told = await Promise.all(
    examples.map(async (name) => {
      const { stdout } = await promisify(execFile)(process.execPath, [archwright, "design", `examples/${name}`, "--json"], {
        cwd: repository,
        maxBuffer: 1e8,
      });
      return /** @type {const} */ ([name, JSON.parse(stdout)]);
    }),
  );
  return new Map(told);
}

function checksPage() {
  const areas = [...new Set(rules.map(({ code }) => code.split("/")[0] ?? ""))];
  const sections = areas.map(
    (area) =>
      `## ${area}\n\n${rules
        .filter(({ code }) => code.startsWith(`${area}/`))
        .map(checkEntry)
        .join("\n\n")}`,
  );
  return `# Checks

What \`archwright check\` looks for: ${rules.length} checks, and ${Object.keys(acceptanceRules).length} about the findings that you accept. Names in braces are filled in. To accept a finding, say so on the item, with the reason:

\`\`\`ts
Payments.command("startPayment", { accept: { "reliability/callees-fit-callers-p99": "customers wait for their bank anyway" }, … })
\`\`\`

${sections.join("\n\n")}

## accept

${Object.values(acceptanceRules).map(checkEntry).join("\n\n")}
`;
}

/** @param {{ code: string, severity: string, message: string, why: string, fix: string }} rule */
function checkEntry({ code, severity, message, why, fix }) {
  return `**\`${code}\`** (${severity === "info" ? "note" : severity})  \n${message}  \n*why* ${why}  \n*fix* ${fix}`;
}

function commandsPage() {
  const entries = commands.map(({ name, subject, summary, description, options, examples: lines }) => {
    const flags = options.map((option) => `| \`${option.flags.replaceAll("|", "\\|")}\` | ${option.description} |`).join("\n");
    const shown = lines.map(([line, meaning]) => `${line.padEnd(46)} # ${meaning}`).join("\n");
    return `## archwright ${name}${subject === undefined ? "" : ` <${subject}>`} [path]\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}. ${description.split("\n")[0]}\n\n| option | meaning |\n|---|---|\n${flags}\n\n\`\`\`sh\n${shown}\n\`\`\``;
  });
  const settings = Object.entries(variables)
    .map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
    .join("\n");
  return `# Commands

Without a path, a command takes the \`system.ts\` of the current folder. Exit status: 0 fine, 1 findings of severity error, 2 the call itself was wrong.
\`NO_COLOR\` and \`FORCE_COLOR\` are respected.

${entries.join("\n\n")}

## Settings of a running backend

| variable | meaning |
|---|---|
${settings}

Third parties have settings of their own: \`STRIPE_SECRET_KEY\` and \`STRIPE_WEBHOOK_SECRET\` for Stripe; \`<NAME>_URL\`, \`<NAME>_KEY\` and \`<NAME>_WEBHOOK_SECRET\` for any other.
`;
}

/** @param {string[]} words */
function run(...words) {
  return spawnSync(process.execPath, [archwright, ...words], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 1e8,
  });
}
