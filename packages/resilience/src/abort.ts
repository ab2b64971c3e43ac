interface MinimalSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * The standard AbortSignal, as the types of whoever imports this package describe it. The package itself is built without the types of
 * a browser or of Node, so that it cannot lean on either, and sees only the members that it needs.
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Standard } } ? Standard : MinimalSignal;

interface Aborter {
  readonly signal: Signal;
  abort(reason?: unknown): void;
}

declare const AbortController: new () => Aborter;

export function createAborter(): Aborter {
  return new AbortController();
}
