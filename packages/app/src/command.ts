/** The world as a command sees it: where it writes, and what it was given besides its arguments. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /**
   * Settles when somebody wants a long-running command to end: Ctrl-C, or a signal of the operating system. Until it is called, these
   * end the program at once, which is right for a command that leaves nothing behind.
   */
  untilInterrupted(): Promise<void>;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** 0 fine, 1 findings of severity error or something that did not work, 2 the call itself was wrong. */
export type ExitStatus = 0 | 1 | 2;

export interface CommandOption {
  /** As commander reads it: `-o, --output <folder>`. */
  readonly flags: string;
  readonly description: string;
}

/** One command: what it is called, what it teaches when asked for help, and what it does. */
export interface Command {
  readonly name: string;
  /** What it must be told before the path, and by which name among the options. */
  readonly subject?: string;
  readonly summary: string;
  /** What people should know before they use it, in a few sentences; further lines are shown as they are. */
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** @param path The model's file or folder; the current folder when it was left out. */
  run(path: string, options: Options, surroundings: Surroundings): Promise<ExitStatus>;
}

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A message to a person: a fact, what it costs, and what to do. */
export interface Words {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Something that a command needs did not work: a database, a disk, a file of seeds. */
export class Failure extends Error implements Words {
  override readonly name: string = "Failure";
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly status: ExitStatus = 1;

  constructor({ what, why, fix }: Words, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause });
    this.what = what;
    this.why = why;
    this.fix = fix;
  }
}

/** The call itself was wrong, or the settings that came with it. */
export class UsageError extends Failure {
  override readonly name = "UsageError";
  override readonly status = 2;
}
