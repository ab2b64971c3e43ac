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

type Format = Parameters<typeof styleText>[0];

// Whoever asks has judged the stream already, so styleText must not judge standard output once more.
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
