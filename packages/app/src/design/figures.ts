import type { Figure } from "@archwright/model";
import { formatted } from "@archwright/compiler";

/** A figure in words. @param currency Of the design: what money is counted in. */
export const figureInWords = ({ value, unit }: Figure, currency: string): string => formatted(value, unit, currency);

/** Between which values it lies, where it is open: " (210 EUR to 900 EUR)". */
export function rangeInWords({ low, high, unit }: Figure, currency: string): string {
  if (low === undefined || high === undefined) return "";
  return ` (${formatted(low, unit, currency)} to ${formatted(high, unit, currency)})`;
}
