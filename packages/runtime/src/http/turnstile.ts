import { problem } from "./problems.ts";

/** Does the work if there is room for it. @throws ProblemError unavailable at once, if there is none. */
export type Enter = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Room for so much work at once. Whoever comes when it is full is sent away before he has cost anything: in a line without an end
 * everybody waits until nobody wants his answer any more, and the server is busy with those who are gone.
 */
export function createTurnstile(max: number): Enter {
  let inside = 0;
  return async (work) => {
    if (inside >= max)
      throw problem("unavailable", { detail: "The server has more to do than it can. Come back in a moment.", retryAfterMs: 1_000 });
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
    }
  };
}
