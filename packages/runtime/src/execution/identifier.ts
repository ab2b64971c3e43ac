import { randomFillSync } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const random = Buffer.alloc(10);

/**
 * A new id: the prefix, an underscore, and the 128 bits of a UUIDv7 (RFC 9562: 48 bits of milliseconds, then random) in Crockford's base 32.
 * Ids sort by the time at which they were made, so that the newest rows of an index lie together.
 */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  randomFillSync(random);
  const high = BigInt(nowMs) << 80n;
  const randomBits = BigInt(`0x${random.toString("hex")}`);
  const version = 0x7n << 76n;
  const variant = 0x2n << 62n;
  const bits = high | version | (((randomBits >> 62n) & 0xfffn) << 64n) | variant | (randomBits & ((1n << 62n) - 1n));
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet.charAt(Number((bits >> shift) & 31n));
  return `${prefix}_${text}`;
}
