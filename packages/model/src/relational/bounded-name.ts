/** PostgreSQL keeps 63 bytes of a name and cuts the rest off without a word; a longer one keeps its beginning and gets a hash of the whole. */
export function boundedName(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= bytesMax) return text;
  const suffix = `_${hash(bytes)}`;
  return beginning(text, bytesMax - suffix.length) + suffix;
}

const bytesMax = 63;

function beginning(text: string, size: number): string {
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += new TextEncoder().encode(character).length;
    if (used > size) break;
    kept += character;
  }
  return kept;
}

// FNV-1a with 64 bits: two of a model's names never meet, and it needs nothing that a browser lacks.
function hash(bytes: Uint8Array): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of bytes) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(36);
}
