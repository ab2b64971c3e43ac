/** An id that looks like a real one, and is the same for the same owner everywhere: a UUID of version 7 in Crockford's base 32. */
export function sampleId(prefix: string, owner: string): string {
  const random = hash(owner);
  const uuid =
    (madeAtMs << 80n) | (7n << 76n) | ((random & 0xfffn) << 64n) | (2n << 62n) | ((random * 0x9e3779b97f4a7c15n) & 0x3fff_ffff_ffff_ffffn);
  const digits = Array.from({ length: 26 }, (_, place) => alphabet.charAt(Number((uuid >> BigInt(125 - place * 5)) & 31n)));
  return `${prefix}_${digits.join("")}`;
}

/** The morning on which every example was made. */
export const sampleTime = "2026-01-31T09:30:00.000Z";

const madeAtMs = BigInt(Date.parse(sampleTime));
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** FNV-1a, 64 bits: small, and spread enough for examples. */
function hash(text: string): bigint {
  let value = 0xcbf29ce484222325n;
  for (const character of text) value = BigInt.asUintN(64, (value ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return value;
}
