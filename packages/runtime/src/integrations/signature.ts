import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** How far a delivery's clock may be from ours. What is older may be a recording that somebody plays again. */
const toleranceMs = 300_000;

/** @param timestamp Whole seconds since 1970, as text. */
export function isFresh(timestamp: string, nowMs: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs - Number(timestamp) * 1_000) <= toleranceMs;
}

/**
 * Whether one of the signatures is the HMAC-SHA256 of the message under one of the keys. Every pair is compared, each in constant time, so that
 * how long it takes says nothing.
 */
export function isSigned(
  message: readonly (string | Buffer)[],
  keys: readonly (string | Buffer)[],
  signatures: readonly Buffer[],
): boolean {
  let found = false;
  for (const key of keys) {
    const mac = createHmac("sha256", key);
    for (const part of message) mac.update(part);
    const expected = mac.digest();
    for (const signature of signatures) {
      found = (signature.length === expected.length && timingSafeEqual(signature, expected)) || found;
    }
  }
  return found;
}

/** Whether a text is one of the secrets, compared by their hashes: those are of one length. */
export function isOneOf(text: string, secrets: readonly string[]): boolean {
  let found = false;
  for (const secret of secrets) found = timingSafeEqual(sha256(text), sha256(secret)) || found;
  return found;
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
