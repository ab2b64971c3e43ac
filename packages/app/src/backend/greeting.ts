import { relative } from "node:path";
import { Failure, type Surroundings } from "../command.ts";
import { reportWidth } from "../problem-report.ts";
import { renderBrief } from "../terminal/brief.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";
import { wrap } from "../terminal/width.ts";
import type { Running } from "./development-server.ts";
import { readSeeds } from "./seed-file.ts";

/** What a person needs to begin with: what the architect says, where everything is, and who may sign in. */
export function greetingOf({ server, compiled, schema, parties }: Running, { stdout, environment, folder }: Surroundings): string {
  const { model, findings, file } = compiled;
  const paint = paintFor(colorOf(stdout, environment));
  const labels = ["findings", ...model.roles.map(({ name }) => name)];
  const column = Math.max(...labels.map(({ length }) => length));
  const line = (label: string, text: string): string => {
    const [first = "", ...rest] = wrap(text, Math.max(30, widthOf(stdout) - column - 4));
    return [`  ${paint.faint(label.padEnd(column))}  ${first}`, ...rest.map((part) => `${" ".repeat(column + 4)}${part}`)].join("\n");
  };
  const seeds = seedLines(file, model, folder, schema);
  return [
    "",
    renderBrief(findings, { width: reportWidth(stdout), paint, folder, file }),
    paint.strong(model.name),
    line("api", server.url),
    line("docs", `${server.url}/docs`),
    line("findings", `${server.url}/findings`),
    ...seeds.map(([label, text]) => line(label, text)),
    ...parties.notes.map((note) => line("note", note)),
    line("model", relative(folder, file)),
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}

type Labelled = readonly [label: string, text: string];

/** The accounts of seed.json, whenever there are any, and whether this database has begun with them. */
function seedLines(
  file: string,
  model: Running["compiled"]["model"],
  folder: string,
  { fresh, seeded }: Running["schema"],
): readonly Labelled[] {
  try {
    const seeds = readSeeds(file, model, folder);
    if (!seeds) return [];
    const accounts = seeds.accounts.map(({ role, email, password }) => [role, `${email} / ${password}`] as const);
    if (seeds.digest !== seeded)
      return [...accounts, ["seeds", `${seeds.file} is other than what this database began with: archwright dev --fresh`]];
    const rows = Object.values(seeds.rows).reduce((count, list) => count + list.length, 0);
    const planted = `${counted(rows, "row")} and ${counted(accounts.length, "account")} of ${seeds.file}`;
    return [...accounts, ["seeds", fresh ? `${planted}, planted now` : `${planted}, planted when this database was made`]];
  } catch (error) {
    // The database has its rows already: what is wrong with the file is only worth a line.
    if (error instanceof Failure) return [["seeds", error.what]];
    throw error;
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
