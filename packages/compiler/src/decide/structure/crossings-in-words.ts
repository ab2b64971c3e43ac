import { fewOf } from "../listing.ts";
import type { Crossing } from "./process-groups.ts";

/** "orders.place with stock.take". */
export const pairsOf = (crossings: readonly Crossing[]): string => fewOf(crossings.map(({ caller, callee }) => `${caller} with ${callee}`));

/** What the calls lose that come to cross the network. */
export function lossOf(cut: readonly Crossing[]): string {
  if (cut.length === 0) return "No call has to cross the network today, but every later one will";
  return `${fewOf(cut.map(({ caller, callee }) => `${caller} to ${callee}`))} ${cut.length === 1 ? "crosses" : "cross"} the network and can fail there`;
}
