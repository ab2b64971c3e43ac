import type { Readable } from "node:stream";
import { isOfTypes, sizeInWords, type FileLimits } from "@archwright/model";
import { problem } from "../http/problems.ts";

/** The media type of an upload, without its parameters. @throws ProblemError unsupported-media-type when no field takes it. */
export function mediaTypeOf(contentType: string | undefined, contentEncoding: string | undefined, { types }: FileLimits): string {
  if (contentEncoding !== undefined && contentEncoding !== "identity")
    throw problem("unsupported-media-type", { detail: `Send the file as it is: the Content-Encoding ${contentEncoding} is not read.` });
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (isMediaType.test(mediaType) && isOfTypes(mediaType, types)) return mediaType;
  throw problem("unsupported-media-type", {
    detail: `Send the file's own bytes, with a Content-Type that a field of this system takes: ${types.join(" or ")}.`,
  });
}

// RFC 6838, section 4.2. A range such as image/* is no type of a file.
const isMediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/** @throws ProblemError payload-too-large, by what the header says: before a byte is read. */
export function assertDeclared(contentLength: string | undefined, { maxBytes }: FileLimits): void {
  if (contentLength !== undefined && Number(contentLength) > maxBytes) throw tooLarge(maxBytes);
}

/** The bytes of a body. What comes after the limit is let go by, so that its sender hears why. @throws ProblemError */
export function readFile(body: Readable, { maxBytes }: FileLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    body.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes <= maxBytes) return void parts.push(part);
      parts.length = 0;
      reject(tooLarge(maxBytes));
    });
    body.once("end", () =>
      bytes === 0 ? reject(problem("invalid-input", { detail: "The file has no bytes." })) : resolve(Buffer.concat(parts)),
    );
    body.once("error", reject);
    // Who goes away while he sends is not always an error of the stream.
    body.once("close", () => reject(problem("invalid-input", { detail: "The body broke off." })));
  });
}

const tooLarge = (maxBytes: number) => problem("payload-too-large", { detail: `A file may be of at most ${sizeInWords(maxBytes)}.` });
