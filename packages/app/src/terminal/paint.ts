import { styleText } from "node:util";

/** Colours by what they mean; without colour each returns its text. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export function paintFor(color: boolean): Paint {
  return color ? colored : plain;
}

/** Whether to colour what is written to a stream. FORCE_COLOR and NO_COLOR are the conventions of force-color.org and no-color.org. */
export function wantsColor(stream: { readonly isTTY?: boolean }, environment: { readonly [name: string]: string | undefined }): boolean {
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (environment["NO_COLOR"]) return false;
  if (environment["TERM"] === "dumb") return false;
  return stream.isTTY === true;
}

type Format = Parameters<typeof styleText>[0];

// The stream is judged by wantsColor, so styleText must not judge standard output once more.
const style =
  (format: Format) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });
const unchanged = (text: string): string => text;

const colored: Paint = {
  error: style(["bold", "red"]),
  warning: style(["bold", "yellow"]),
  info: style(["bold", "cyan"]),
  good: style("green"),
  strong: style("bold"),
  faint: style("dim"),
};
const plain: Paint = { error: unchanged, warning: unchanged, info: unchanged, good: unchanged, strong: unchanged, faint: unchanged };
