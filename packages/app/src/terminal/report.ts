import { relative } from "node:path";
import { renderFrame } from "./frame.ts";
import { paintFor, type Paint } from "./paint.ts";
import { cut, wrap } from "./width.ts";

/** What findings and problems have in common, which is all that a report needs. */
export interface Reported {
  readonly code: string;
  /** A problem of loading has none: it is an error. */
  readonly severity?: "error" | "warning" | "info";
  readonly item?: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly at: readonly ReportedPlace[];
  /** Shown where the source cannot be read any more. */
  readonly frame?: string;
}

export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ReportOptions {
  readonly width: number;
  readonly color: boolean;
  /** The text of a file, or nothing where there is none. */
  readonly readSource: (file: string) => string | undefined;
  /** Paths are shown relative to this folder: the current one. */
  readonly folder?: string;
}

/** Findings as a person reads them: by file, the worst first, each at its line, and a line that sums them up. */
export function renderFindings(findings: readonly Reported[], options: ReportOptions): string {
  const report: Report = { ...options, folder: options.folder ?? process.cwd(), paint: paintFor(options.color) };
  const groups = groupByFile(findings).map((group) => renderGroup(group, report));
  return [...groups, paintSummary(findings, report.paint)].join("\n\n") + "\n";
}

/** `2 errors, 1 warning in 3 files`. */
export function summarize(findings: readonly Reported[]): string {
  if (findings.length === 0) return "Nothing found.";
  const counts = severities.map((severity) => [severity, findings.filter((finding) => severityOf(finding) === severity).length] as const);
  const files = new Set(findings.flatMap(({ at }) => at.slice(0, 1).map(({ file }) => file))).size;
  const total = counts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, nouns[severity]))
    .join(", ");
  return files === 0 ? total : `${total} in ${plural(files, "file")}`;
}

type Severity = NonNullable<Reported["severity"]>;

interface Report extends ReportOptions {
  readonly folder: string;
  readonly paint: Paint;
}

interface Group {
  readonly file: string | undefined;
  readonly findings: readonly Reported[];
}

const severities: readonly Severity[] = ["error", "warning", "info"];
const nouns: { readonly [S in Severity]: string } = { error: "error", warning: "warning", info: "note" };
const severityOf = (finding: Reported): Severity => finding.severity ?? "error";
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function groupByFile(findings: readonly Reported[]): Group[] {
  const groups = new Map<string | undefined, Reported[]>();
  for (const finding of findings.toSorted(byRank)) {
    const file = finding.at[0]?.file;
    groups.set(file, [...(groups.get(file) ?? []), finding]);
  }
  return [...groups]
    .map(([file, members]) => ({ file, findings: members }))
    .sort((left, right) => compareText(left.file ?? "", right.file ?? ""));
}

function byRank(left: Reported, right: Reported): number {
  const [first, second] = [left.at[0], right.at[0]];
  return (
    severities.indexOf(severityOf(left)) - severities.indexOf(severityOf(right)) ||
    (first?.line ?? 0) - (second?.line ?? 0) ||
    (first?.column ?? 0) - (second?.column ?? 0) ||
    compareText(left.code, right.code)
  );
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function renderGroup({ file, findings }: Group, report: Report): string {
  const heading = file === undefined ? [] : [report.paint.strong(shownPath(file, report.folder))];
  return [...heading, ...findings.map((finding) => renderFinding(finding, report))].join("\n\n");
}

function renderFinding(finding: Reported, report: Report): string {
  const { paint, width } = report;
  const severity = severityOf(finding);
  const about = [finding.code, finding.item].filter(Boolean).join("  ");
  const textWidth = Math.max(30, width - 6);
  return [
    `${paint[severity](severity)}  ${paint.faint(cut(about, width - severity.length - 2))}`,
    ...wrap(finding.message, width).map(paint.strong),
    ...framesOf(finding, report).flatMap((frame) => ["", indent(frame, 2)]),
    "",
    labelled("why", wrap(finding.why, textWidth), paint.faint),
    labelled("fix", wrap(finding.fix, textWidth), paint.good),
  ].join("\n");
}

function framesOf(finding: Reported, report: Report): string[] {
  const { paint, width, folder } = report;
  const frames = finding.at.map((place, index) => {
    const source = report.readSource(place.file);
    const shown = { ...place, file: shownPath(place.file, folder) };
    if (source === undefined)
      return index === 0 && finding.frame ? finding.frame : paint.faint(`${shown.file}:${place.line}:${place.column}`);
    return renderFrame(shown, source, { width: width - 2, paint, mark: paint[severityOf(finding)], around: index === 0 ? 2 : 1 });
  });
  return frames.filter((frame, index) => frames.indexOf(frame) === index);
}

function labelled(label: string, lines: readonly string[], paint: (text: string) => string): string {
  return lines.map((line, index) => (index === 0 ? `  ${paint(label)} ${line}` : `      ${line}`)).join("\n");
}

function paintSummary(findings: readonly Reported[], paint: Paint): string {
  const worst = severities.find((severity) => findings.some((finding) => severityOf(finding) === severity));
  return (worst === undefined ? paint.good : paint[worst])(summarize(findings));
}

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));

/** Relative to the folder, unless that would climb out of sight. */
function shownPath(file: string, folder: string): string {
  const path = relative(folder, file);
  return path === "" || path.startsWith("../../..") ? file : path;
}
