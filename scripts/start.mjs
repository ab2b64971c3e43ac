import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";

prepare();

// The command runs in this very process: signals reach it and its exit status is ours, with nothing to pass on.
const command = new URL("../packages/app/dist/cli.js", import.meta.url);
process.argv = [process.execPath, fileURLToPath(command), "dev", "examples/shop", ...process.argv.slice(2)];
await import(command.href);
