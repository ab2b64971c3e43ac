import { waitRange } from "./range.ts";

const seconds = /^\d{1,12}$/;
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The milliseconds that a Retry-After header (RFC 9110, section 10.2.3) asks for, at most a day. A date in the past is 0.
 *
 * @param header The header's text: whole seconds, or a date such as "Wed, 21 Oct 2026 07:28:00 GMT".
 * @param wallMs The wall clock's time, in milliseconds since 1970, for the date form.
 * @returns undefined if there is no header, or one that follows neither form: a callee's mistake must not stop its caller.
 *
 * @example
 * retryAfterMs("120", Date.now()); // 120000
 */
export function retryAfterMs(header: string | null | undefined, wallMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (seconds.test(text)) {
    return Math.min(Number(text) * 1_000, waitRange.max);
  }
  const dateMs = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.min(Math.max(dateMs - wallMs, 0), waitRange.max);
}
