import { prepare, run } from "./prepare.mjs";

prepare();
process.exit(run("node_modules/vitest/vitest.mjs", ["run", ...process.argv.slice(2)]));
