import type { EmbeddedPostgres } from "@archwright/runtime";
import { developmentKey, startDatabase } from "../backend/development.ts";
import { DevelopmentServer } from "../backend/development-server.ts";
import { settingsOf } from "../backend/settings.ts";
import { startStandIns } from "../backend/stand-ins.ts";
import { watchFiles } from "../backend/watch.ts";
import type { Command } from "../command.ts";
import { compileModel, reportOf } from "../compile.ts";
import { colorOf } from "../terminal/output.ts";
import { startProgress } from "../terminal/progress.ts";

export const dev: Command = {
  name: "dev",
  summary: "run it here: database, documentation, reload",
  description:
    "Runs the model on a PostgreSQL that it brings along, with its rows kept in .archwright beside the model. A new database begins with the accounts and rows of seed.json, if there is one. Third parties are stood in for where Archwright knows them. A change of the model is read at once; a model with mistakes leaves the last good one running.",
  options: [
    { flags: "-p, --port <number>", description: "the port to listen on, 3000 unless said otherwise; 0 finds a free one" },
    { flags: "--host <address>", description: "the address to listen on" },
    { flags: "--no-reload", description: "do not watch the files" },
  ],
  examples: [
    ["archwright dev", "the model of this folder"],
    ["archwright dev examples/hello --port 4000", "another model, another port"],
  ],
  async run(path, options, surroundings) {
    const { stdout, stderr, environment, interrupted } = surroundings;
    const settings = settingsOf(options, environment);
    const progress = startProgress({ stream: stderr, color: colorOf(stderr, environment) });
    progress.step("Reading the model");
    const compiled = await compileModel(path, surroundings);
    progress.done();
    if (!compiled.ok) {
      stderr.write(reportOf(compiled.problems, surroundings, stderr));
      return 1;
    }
    let postgres: EmbeddedPostgres | undefined;
    try {
      postgres = await startDatabase(compiled.file, progress);
      const masterKey = await developmentKey(compiled.file);
      const standIns = await startStandIns(compiled.model, environment);
      const server = new DevelopmentServer({ postgres, masterKey, standIns, settings, surroundings });
      progress.step("Starting the backend");
      await server.replace(compiled);
      progress.done();
      stdout.write(server.greeting());
      const watching = watchFiles(() => void server.reload(path).then((files) => watching.follow(files)));
      if (options["reload"] !== false) watching.follow(compiled.files);
      await interrupted;
      watching.close();
      stdout.write("\nStopping.\n");
      await server.close();
      await standIns.close();
      return 0;
    } finally {
      await postgres?.stop();
    }
  },
};
