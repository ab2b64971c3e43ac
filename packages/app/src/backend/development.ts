import { dirname } from "node:path";
import type { Options, Surroundings } from "../command.ts";
import type { Compiled } from "../compile.ts";
import { explanationOf, renderWords } from "../explanation.ts";
import { reportWidth } from "../problem-report.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";
import type { Progress } from "../terminal/progress.ts";
import { wrap } from "../terminal/width.ts";
import { DevelopmentDatabase, developmentKey } from "./development-database.ts";
import { DevelopmentServer, type Running } from "./development-server.ts";
import { greetingOf } from "./greeting.ts";
import { seedFileOf } from "./seed-file.ts";
import type { BackendSettings } from "./settings.ts";
import { createStandIns } from "./stand-ins.ts";
import { watchFiles } from "./watch.ts";

export interface DevelopmentContext {
  readonly path: string;
  readonly options: Options;
  readonly settings: BackendSettings;
  readonly surroundings: Surroundings;
  readonly progress: Progress;
  readonly interrupted: Promise<void>;
  readonly isInterrupted: () => boolean;
}

/** What `archwright dev` runs: PostgreSQL, the backend, stand-ins and the watch over the files. */
export class Development {
  readonly #compiled: Compiled;
  readonly #context: DevelopmentContext;
  #database: DevelopmentDatabase | undefined;
  #server: DevelopmentServer | undefined;
  #state: "starting" | "running" | "closing" = "starting";
  /** The server of the database has gone, and no other has taken its place yet. */
  #isLost = false;
  #recovery: Promise<void> = Promise.resolve();

  constructor(compiled: Compiled, context: DevelopmentContext) {
    this.#compiled = compiled;
    this.#context = context;
  }

  /** Runs until it is interrupted. Whatever it started is stopped again, also where it fails. */
  async run(): Promise<void> {
    const { surroundings, progress, interrupted, isInterrupted } = this.#context;
    const { stdout, environment } = surroundings;
    const standIns = createStandIns(environment);
    let stopWatching = (): void => undefined;
    try {
      const masterKey = await developmentKey(this.#compiled.file);
      const server = new DevelopmentServer({ ...this.#context, masterKey, standIns });
      this.#server = server;
      const running = await this.#start(server);
      if (!running || isInterrupted()) return;
      progress.done();
      // Whoever has read the greeting may change a file at once.
      stopWatching = this.#watch(server);
      stdout.write(greetingOf(running, surroundings));
      await interrupted;
    } finally {
      this.#state = "closing";
      stopWatching();
      await this.#recovery;
      await this.#server?.close();
      await standIns.close();
      await this.#database?.close();
    }
  }

  /** Nothing where it is interrupted. Again, where the server of the database stops meanwhile: it is that of a process that ends, or was killed a second ago. */
  async #start(server: DevelopmentServer): Promise<Running | undefined> {
    const { progress, options, isInterrupted } = this.#context;
    while (!isInterrupted()) {
      progress.step("Starting PostgreSQL");
      this.#isLost = false;
      try {
        this.#database = await this.#open(progress);
        if (isInterrupted()) break;
        progress.step("Starting the backend");
        const running = await server.start(this.#compiled, this.#database, options["fresh"] === true);
        this.#state = "running";
        if (this.#isLost) this.#recover();
        return running;
      } catch (error) {
        await this.#database?.close();
        if (!this.#isLost) throw error;
      }
    }
    return undefined;
  }

  #open(progress: Pick<Progress, "step">): Promise<DevelopmentDatabase> {
    return DevelopmentDatabase.open(this.#compiled.file, progress, () => {
      this.#isLost = true;
      if (this.#state === "running") this.#recover();
    });
  }

  #recover(): void {
    this.#recovery = this.#recovery.then(() => this.#moveToAnother());
  }

  /** Another process that had started PostgreSQL has ended and stopped it, or it was killed. */
  async #moveToAnother(): Promise<void> {
    const { stdout } = this.#context.surroundings;
    if (this.#state === "closing" || !this.#isLost) return;
    this.#say("PostgreSQL has stopped, perhaps with another `archwright dev` of this project. Starting it again.");
    this.#isLost = false;
    try {
      await this.#database?.close();
      this.#database = await this.#open({ step: () => undefined });
      await this.#server?.moveTo(this.#database);
      stdout.write("PostgreSQL runs again.\n");
    } catch (error) {
      // The next one to stop is told of by its own connection.
      if (!this.#isLost) this.#complain(error);
    }
  }

  #watch(server: DevelopmentServer): () => void {
    const { path, options } = this.#context;
    const { file, files } = this.#compiled;
    if (options["reload"] === false) return () => undefined;
    let known = new Set(files);
    const watching = watchFiles({
      root: dirname(file),
      onChange: (changed) => {
        if (changed.includes(seedFileOf(file)) && !server.isBroken)
          this.#say("seed.json has changed: it is planted in a new database, by archwright dev --fresh.");
        // Any file may be the one that a broken model lacks.
        if (!server.isBroken && !changed.some((name) => known.has(name))) return;
        void server.reload(path).then((now) => {
          known = new Set(now);
          watching.follow(now);
        });
      },
      onFailure: (error) =>
        this.#complain({
          what: `The files of the model cannot be watched: ${error.message}.`,
          why: "A change of the model is served after a new start only.",
          fix: "Raise the limit of the operating system (sysctl fs.inotify.max_user_watches), or stop what else watches files.",
        }),
    });
    watching.follow(files);
    return () => watching.close();
  }

  #say(text: string): void {
    const { stdout } = this.#context.surroundings;
    stdout.write(`${wrap(text, reportWidth(stdout)).join("\n")}\n`);
  }

  #complain(error: unknown): void {
    const { stderr, environment } = this.#context.surroundings;
    stderr.write(renderWords(explanationOf(error), { width: widthOf(stderr), paint: paintFor(colorOf(stderr, environment)) }));
  }
}
