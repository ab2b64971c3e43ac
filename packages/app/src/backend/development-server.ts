import type { RunningServer } from "@archwright/runtime";
import type { Surroundings } from "../command.ts";
import { compileModel, type Compiled } from "../compile.ts";
import { explanationOf, renderWords } from "../explanation.ts";
import { loadHandlers } from "../loader/handlers.ts";
import { LoadError } from "../loader/problem.ts";
import { reportOf, reportWidth } from "../problem-report.ts";
import { renderBrief } from "../terminal/brief.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";
import { summarize } from "../terminal/report.ts";
import { wrap } from "../terminal/width.ts";
import type { DevelopmentDatabase, DevelopmentSchema } from "./development-database.ts";
import { findingsPage } from "./findings-page.ts";
import { assertFinished, serve, type Served } from "./serve.ts";
import type { BackendSettings } from "./settings.ts";
import type { Parties, StandIns } from "./stand-ins.ts";

export interface DevelopmentOptions {
  readonly masterKey: Buffer;
  readonly standIns: StandIns;
  readonly settings: BackendSettings;
  readonly surroundings: Surroundings;
}

/** A backend that runs, and what it was made from. */
export interface Running {
  readonly server: RunningServer;
  readonly served: Served;
  readonly compiled: Compiled;
  readonly schema: DevelopmentSchema;
  readonly parties: Parties;
}

/** The backend of a model that is being written: replaced by the next good one, and never by a bad one. */
export class DevelopmentServer {
  readonly #options: DevelopmentOptions;
  #database: DevelopmentDatabase | undefined;
  #running: Running | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isBroken = false;
  #closing = false;

  constructor(options: DevelopmentOptions) {
    this.#options = options;
  }

  /** Whether the model as it lies on the disk has mistakes, so that an older one runs. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** @param anew begins with an empty database */
  async start(compiled: Compiled, database: DevelopmentDatabase, anew: boolean): Promise<Running> {
    this.#database = database;
    return this.#replace(compiled, database, anew);
  }

  /** Reads the model anew, after whatever is under way. Answers with the files to watch from now on. */
  reload(path: string): Promise<readonly string[]> {
    return this.#inTurn(() => this.#reload(path));
  }

  /** The same model on another server of the database, the earlier one being gone. */
  moveTo(database: DevelopmentDatabase): Promise<void> {
    return this.#inTurn(async () => {
      this.#database = database;
      if (this.#running) await this.#replace(this.#running.compiled, database, false);
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#turn;
    await this.#running?.server.close(5_000);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #replace(compiled: Compiled, database: DevelopmentDatabase, anew: boolean): Promise<Running> {
    const { standIns, surroundings } = this.#options;
    const before = this.#running;
    // All that may go wrong goes wrong while the one before still serves.
    const { served, schema, parties } = await this.#prepare(compiled, database, anew);
    await before?.server.close(2_000);
    try {
      const server = await serve(served, surroundings);
      standIns.deliverTo(server.url);
      // What the backend logs of its start comes before what is said about it.
      await new Promise((resolve) => setImmediate(resolve));
      this.#running = { server, served, compiled, schema, parties };
      return this.#running;
    } catch (error) {
      if (before) this.#running = { ...before, server: await serve(before.served, surroundings) };
      throw error;
    }
  }

  async #prepare(
    compiled: Compiled,
    database: DevelopmentDatabase,
    anew: boolean,
  ): Promise<Pick<Running, "served" | "schema" | "parties">> {
    const { masterKey, standIns, settings, surroundings } = this.#options;
    const { model, hash, file, findings } = compiled;
    const { folder } = surroundings;
    assertFinished(model);
    const handlers = hasHandlers(compiled) ? (await loadHandlers(file)).handlers : new Map();
    const parties = await standIns.partiesOf(model);
    const schema = await database.prepare(compiled, { folder, masterKey, anew });
    const port = this.#running ? Number(new URL(this.#running.server.url).port) : settings.port;
    const served: Served = {
      model,
      hash,
      handlers,
      masterKey,
      appUrl: schema.appUrl,
      pages: [{ path: "/findings", html: findingsPage(model, findings, folder) }],
      settings: { ...settings, port },
      integrations: parties.settings,
      logFormat: "line",
    };
    return { served, schema, parties };
  }

  async #reload(path: string): Promise<readonly string[]> {
    const { surroundings } = this.#options;
    const { stdout, stderr } = surroundings;
    const started = performance.now();
    const [before, database] = [this.#running, this.#database];
    const compiled = await compileModel(path, surroundings);
    // Ctrl-C reaches the process that reads the model too, and then its end says nothing of the model.
    if (this.#closing || !before || !database) return [];
    try {
      if (!compiled.ok) throw new LoadError(compiled.problems);
      if (!isSame(before.compiled, compiled)) await this.#replace(compiled, database, false);
      else if (!this.#isBroken) return compiled.files;
      this.#isBroken = false;
      const tookMs = Math.round(performance.now() - started);
      stdout.write(`${this.#changes(before, compiled)}Reloaded in ${tookMs} ms: ${findingsInWords(compiled)}.\n`);
      return compiled.files;
    } catch (error) {
      this.#isBroken = true;
      stderr.write(`\n${this.#mistakes(error)}The model before this change goes on running.\n`);
      return [...compiled.files, ...before.compiled.files];
    }
  }

  #mistakes(error: unknown): string {
    const { surroundings } = this.#options;
    const { stderr, environment } = surroundings;
    if (error instanceof LoadError) return reportOf(error.problems, surroundings, stderr);
    return renderWords(explanationOf(error), { width: widthOf(stderr), paint: paintFor(colorOf(stderr, environment)) });
  }

  /** What is other than before and would be missed: findings that are new, and rows that are somewhere else. */
  #changes(before: Running, { findings }: Compiled): string {
    const { stdout, environment, folder } = this.#options.surroundings;
    const known = new Set(before.compiled.findings.map(({ code, item, message }) => `${code} ${item} ${message}`));
    const fresh = findings.filter(({ code, item, message, severity }) => severity !== "info" && !known.has(`${code} ${item} ${message}`));
    const brief =
      fresh.length === 0
        ? ""
        : `\n${renderBrief(fresh, { width: reportWidth(stdout), paint: paintFor(colorOf(stdout, environment)), folder })}\n`;
    const schema = this.#running?.schema;
    if (!schema || schema.name === before.schema.name) return brief;
    const rows = schema.fresh
      ? "the rows of the earlier schema are kept, and come back with it"
      : "it has the rows that this schema had before";
    const lines = wrap(`Another schema, another database (${schema.name}): ${rows}.`, reportWidth(stdout));
    return `${brief}${lines.join("\n")}\n`;
  }
}

const hasHandlers = ({ model }: Compiled): boolean => model.operations.some(({ implementation }) => implementation.kind === "handler");

/** A model that says the same may have moved, which the findings show, and handlers are code that the model does not hold. */
function isSame(before: Compiled, after: Compiled): boolean {
  return before.hash === after.hash && !hasHandlers(after) && JSON.stringify(before.findings) === JSON.stringify(after.findings);
}

const findingsInWords = ({ findings }: Compiled): string => (findings.length === 0 ? "nothing found" : summarize(findings));
