/** The world as a command sees it: where it writes, and what it was given besides its arguments. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Settles when somebody wants a long-running command to end: Ctrl-C, or a signal of the operating system. */
  readonly interrupted: Promise<void>;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** 0 fine, 1 findings of severity error, 2 the call itself was wrong. */
export type ExitStatus = 0 | 1 | 2;

export interface CommandOption {
  /** As commander reads it: `-o, --output <folder>`. */
  readonly flags: string;
  readonly description: string;
  readonly standard?: string;
}

/** One command: what it is called, what it teaches when asked for help, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What people should know before they use it, in a few sentences. */
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** @param path The model's file or folder; the current folder when it was left out. */
  run(path: string, options: Options, surroundings: Surroundings): Promise<ExitStatus>;
}

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** The call itself was wrong: what, why, and how to call instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly why: string;
  readonly fix: string;

  constructor({ what, why, fix }: { readonly what: string; readonly why: string; readonly fix: string }) {
    super(what);
    this.why = why;
    this.fix = fix;
  }
}
