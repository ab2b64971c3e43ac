import type { Origin } from "@archwright/model";

/** Why there is no model: the author's mistake, in his words and at his lines. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** The author's line first, then the other lines of the conflict. */
  readonly at: readonly Origin[];
  /** The lines around the first place, without colour. */
  readonly frame?: string;
}

/** An error that knows what to say of itself: a ModelError of the language, or one of ours. */
export function asProblem(error: unknown): Problem | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("code" in error && "message" in error && "why" in error && "fix" in error && "at" in error)) return undefined;
  const { code, message, why, fix, at } = error;
  if (typeof code !== "string" || typeof message !== "string" || typeof why !== "string" || typeof fix !== "string" || !Array.isArray(at))
    return undefined;
  return { code, message, why, fix, at };
}

/** Carries problems through code that can only throw. */
export class LoadError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join("\n"));
    this.name = "LoadError";
    this.problems = problems;
  }
}

/** The problems that an error carries, also after it has crossed from the thread of the hooks, where it lost its class. */
export function carriedProblems(error: unknown): readonly Problem[] | undefined {
  if (typeof error !== "object" || error === null || !("problems" in error) || !Array.isArray(error.problems)) return undefined;
  const problems = error.problems.map(asProblem).filter((problem) => problem !== undefined);
  return problems.length > 0 ? problems : undefined;
}
