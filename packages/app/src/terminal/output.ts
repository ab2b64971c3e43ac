import type { Output } from "../command.ts";

/** How wide a text may be: the terminal's own width, and 100 characters where there is none. */
export const widthOf = ({ columns }: Output): number => columns || 100;

/** Colour where a person looks, unless he has said otherwise (no-color.org, force-color.org). */
export function colorOf({ isTTY }: Output, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTTY === true && environment["TERM"] !== "dumb";
}
