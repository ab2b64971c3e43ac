/** The function of an operation that is handled in code. It is called with the scope that the language types for the author. */
export type Handler = (scope: unknown) => Promise<unknown>;
