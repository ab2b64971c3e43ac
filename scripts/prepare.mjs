import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Makes a fresh clone ready to run: packages installed and compiled, or a message and the end. Costs half a second when nothing changed. */
export function prepare() {
  prepareTools();
  compile();
}

/** The first half: this folder, a Node that will do, and the packages of the lock file. */
export function prepareTools() {
  process.chdir(root);
  refuseOldNode();
  if (installIsOld()) install();
}

/**
 * Runs a program of this workspace on this Node and answers its exit status.
 * @param {string} script
 * @param {readonly string[]} args
 */
export function run(script, args) {
  return spawnSync(process.execPath, [script, ...args], { stdio: "inherit" }).status ?? 1;
}

/**
 * Says what happened, what it costs and what to do, and ends.
 * @param {string} what
 * @param {string} why
 * @param {string} fix
 * @returns {never}
 */
function stop(what, why, fix) {
  console.error(`\n${what}\n  why: ${why}\n  fix: ${fix}`);
  process.exit(1);
}

const root = fileURLToPath(new URL("..", import.meta.url));

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `This is Node ${process.versions.node}, and Archwright needs 20.19 or newer.`,
    "Its packages use parts of Node that older releases do not have.",
    "Install Node 20.19, 22 or 24 from https://nodejs.org, then run the same command again.",
  );
}

// npm writes its own copy of the lock last, so an install that was broken off counts as old.
function installIsOld() {
  const installed = "node_modules/.package-lock.json";
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs;
}

function install() {
  console.error("Installing the packages (a minute, once) …");
  const npm = process.env["npm_execpath"];
  const args = ["ci", "--no-audit", "--no-fund"];
  const status = npm?.endsWith("npm-cli.js")
    ? run(npm, args)
    : (spawnSync("npm", args, { stdio: "inherit", shell: process.platform === "win32" }).status ?? 1);
  if (status === 0) return;
  stop(
    `The packages could not be installed: \`npm ci\` ended with status ${status}.`,
    "Nothing can be compiled or run without them.",
    "Read npm's message above (most often the registry cannot be reached, or the disk is full), then run the same command again.",
  );
}

function compile() {
  if (run("node_modules/typescript/bin/tsc", ["-b", "packages/app"]) === 0) return;
  stop(
    "The packages do not compile: the lines above say where.",
    "The command runs from the compiled files, which would be old or missing.",
    "Mend those lines, or go back to a commit whose `npm run check` passed.",
  );
}
