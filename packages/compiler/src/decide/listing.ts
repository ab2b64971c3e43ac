import { listed } from "../lint/phrases.ts";

/** ["a", "b", "c", "d", "e"] → "a, b and 3 more": a sentence names some, and says how many it leaves out. */
export function fewOf(names: readonly string[], most = 3): string {
  return names.length <= most ? listed(names) : `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
}
