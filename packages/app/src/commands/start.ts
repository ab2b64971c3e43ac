import { variables } from "../backend/settings.ts";
import type { Command } from "../command.ts";

const settings = Object.entries(variables).map(([name, meaning]) => `  ${name.padEnd(21)} ${meaning}`);

export const start: Command = {
  name: "start",
  summary: "run it for real, on your PostgreSQL",
  description: `Serves the model on the PostgreSQL of DATABASE_URL. In an empty database it makes the schema; in one that holds another schema it changes nothing and says so. It serves as a role that owns nothing and cannot pass by row security. Settings come from the environment:\n${settings.join("\n")}`,
  options: [
    { flags: "-p, --port <number>", description: "the port to listen on; 0 finds a free one" },
    { flags: "--host <address>", description: "the address to listen on" },
  ],
  examples: [["DATABASE_URL=postgres://… archwright start", "the model of this folder"]],
  async run(path, options, surroundings) {
    // Before the rest is loaded, so that a signal ends it in order from the first moment.
    const interrupted = surroundings.untilInterrupted();
    const { serveForReal } = await import("../backend/serve-for-real.ts");
    return serveForReal(path, options, surroundings, interrupted);
  },
};
