import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps what must be written and never read by a caller. */
export interface Secrets {
  seal(text: string): string;
  open(sealed: string): string;
}

/**
 * AES-256-GCM with a key derived from the deployment's own secret.
 *
 * @param masterKey At least 16 bytes.
 */
export function createSecrets(masterKey: Buffer): Secrets {
  if (masterKey.length < 16) throw new RangeError("The key of the secrets has at least 16 bytes.");
  const key = Buffer.from(hkdfSync("sha256", masterKey, "", "archwright secrets", 32));
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.replace(/^v1\./, ""), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}
