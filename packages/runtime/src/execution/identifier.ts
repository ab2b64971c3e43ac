import { randomFillSync } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const bytes = Buffer.alloc(16);
const randomBytesEach = 10;
/** Drawn for many ids at once, and each byte used once: a call of the system costs more than an id does. */
const random = Buffer.alloc(randomBytesEach * 256);
let used = random.length;

/**
 * A new id: the prefix, an underscore, and the 128 bits of a UUIDv7 (RFC 9562: 48 bits of milliseconds, then random) in Crockford's base 32.
 * Ids sort by the time at which they were made, so that the newest rows of an index lie together.
 */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  bytes.writeUIntBE(nowMs, 0, 6);
  random.copy(bytes, 6, used, used + randomBytesEach);
  used += randomBytesEach;
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return `${prefix}_${base32()}`;
}

function base32(): string {
  let text = "";
  let held = 0;
  // 26 digits have two bits more than 16 bytes: zeros in front.
  let bits = 2;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((held >>> (bits - 5)) & 31);
  }
  return text;
}
