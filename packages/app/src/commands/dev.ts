import type { Command } from "../command.ts";

export const dev: Command = {
  name: "dev",
  summary: "run it here: database, documentation, reload",
  description:
    "Runs the model on a PostgreSQL that it brings along, with its rows kept in .archwright beside the model. A new database begins with the accounts and rows of seed.json, if there is one. Third parties are stood in for where Archwright knows them. A change of the model is read at once; a model with mistakes leaves the last good one running. Another schema gets another database, and the earlier one keeps its rows.",
  options: [
    { flags: "-p, --port <number>", description: "the port to listen on, 3000 unless said otherwise; 0 finds a free one" },
    { flags: "--host <address>", description: "the address to listen on, 127.0.0.1 unless said otherwise" },
    { flags: "--fresh", description: "drop the rows of this schema, and begin with those of seed.json" },
    { flags: "--no-reload", description: "do not watch the files" },
  ],
  examples: [
    ["archwright dev", "the model of this folder"],
    ["archwright dev examples/hello --port 4000", "another model, another port"],
  ],
  async run(path, options, surroundings) {
    const { develop } = await import("../backend/develop.ts");
    return develop(path, options, surroundings);
  },
};
