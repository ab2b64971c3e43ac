import { prepare, run } from "../scripts/prepare.mjs";

prepare();
if (run("node_modules/typescript/bin/tsc", ["-b", "bench"]) !== 0) process.exit(2);

const compiled = new URL("../node_modules/.cache/bench/command.js", import.meta.url);
const { runBench } = await import(compiled.href);
process.exitCode = await runBench(process.argv.slice(2), process);
