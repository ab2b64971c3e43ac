import { relative } from "node:path";
import type { EmbeddedPostgres, RunningServer } from "@archwright/runtime";
import type { Surroundings } from "../command.ts";
import { compileModel, reportOf, type Compiled } from "../compile.ts";
import { loadHandlers } from "../loader/handlers.ts";
import { LoadError } from "../loader/problem.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";
import { prepareDevelopment } from "./development.ts";
import { renderBrief } from "../terminal/brief.ts";
import { findingsPage } from "./findings-page.ts";
import type { Seeded } from "./seed-file.ts";
import { schemaOf, serve } from "./serve.ts";
import type { BackendSettings } from "./settings.ts";
import type { StandIns } from "./stand-ins.ts";

type Good = Extract<Compiled, { ok: true }>;

export interface DevelopmentOptions {
  readonly postgres: EmbeddedPostgres;
  readonly masterKey: Buffer;
  readonly standIns: StandIns;
  readonly settings: BackendSettings;
  readonly surroundings: Surroundings;
}

/** The backend of a model that is being written: replaced by the next good one, and never by a bad one. */
export class DevelopmentServer {
  readonly #options: DevelopmentOptions;
  #running: { readonly server: RunningServer; readonly compiled: Good; readonly seeded?: Seeded } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DevelopmentOptions) {
    this.#options = options;
  }

  async replace(compiled: Good): Promise<void> {
    const { postgres, masterKey, standIns, settings, surroundings } = this.#options;
    const { model, file, findings } = compiled;
    const { handlers } = await loadHandlers(file);
    const { appUrl, seeded } = await prepareDevelopment(postgres, compiled, schemaOf(model), masterKey);
    const port = this.#running ? Number(new URL(this.#running.server.url).port) : settings.port;
    await this.#running?.server.close(2_000);
    const pages = [{ path: "/findings", html: findingsPage(model, findings, surroundings.folder) }];
    const server = await serve(
      {
        model,
        handlers,
        appUrl,
        masterKey,
        pages,
        settings: { ...settings, port },
        integrations: standIns.settings,
        hash: compiled.hash,
        logFormat: "line",
      },
      surroundings,
    );
    standIns.deliverTo(server.url);
    this.#running = { server, compiled, ...(seeded && { seeded }) };
  }

  /** Reads the model anew. Answers with the files to watch from now on. */
  reload(path: string): Promise<readonly string[]> {
    const turn = this.#turn.then(() => this.#reload(path));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #reload(path: string): Promise<readonly string[]> {
    const { surroundings } = this.#options;
    const { stdout, stderr } = surroundings;
    const compiled = await compileModel(path, surroundings);
    if (!compiled.ok) {
      stderr.write(`\n${reportOf(compiled.problems, surroundings, stderr)}The last good model goes on running.\n`);
      return [...compiled.files, ...(this.#running?.compiled.files ?? [])];
    }
    if (compiled.hash === this.#running?.compiled.hash && !hasHandlers(compiled)) return compiled.files;
    try {
      const started = performance.now();
      await this.replace(compiled);
      stdout.write(`Reloaded in ${Math.round(performance.now() - started)} ms. ${briefLine(compiled)}\n`);
    } catch (error) {
      stderr.write(
        error instanceof LoadError
          ? reportOf(error.problems, surroundings, stderr)
          : `${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
    return compiled.files;
  }

  /** What a person needs to begin with. */
  greeting(): string {
    if (!this.#running) throw new Error("Nothing runs yet.");
    const { server, compiled, seeded } = this.#running;
    const { stdout, environment, folder } = this.#options.surroundings;
    const paint = paintFor(colorOf(stdout, environment));
    const line = (label: string, text: string): string => `  ${paint.faint(label.padEnd(10))} ${text}`;
    const accounts = seeded?.accounts.map(({ role, email, password }) => line(role, `${email} / ${password}`)) ?? [];
    return [
      "",
      renderBrief(compiled.findings, { width: Math.min(120, widthOf(stdout)), paint, folder }),
      paint.strong(compiled.model.name),
      line("api", server.url),
      line("docs", `${server.url}/docs`),
      line("findings", `${server.url}/findings`),
      ...accounts,
      ...this.#options.standIns.notes.map((note) => line("note", note)),
      line("model", relative(folder, compiled.file)),
      "",
      "Ctrl-C stops it.",
      "",
    ].join("\n");
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#running?.server.close(5_000);
  }
}

const hasHandlers = ({ model }: Good): boolean => model.operations.some(({ implementation }) => implementation.kind === "handler");
const briefLine = ({ findings }: Good): string => `${findings.length === 0 ? "No findings" : `${findings.length} findings`}.`;
