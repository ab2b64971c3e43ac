import { randomBytes } from "node:crypto";

/** Times are whole seconds at Stripe. */
export const seconds = (time: Date): number => Math.floor(time.getTime() / 1_000);

export function newStripeId(prefix: string): string {
  return `${prefix}_3${letters(23)}`;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => alphabet[byte % alphabet.length]).join("");
}
