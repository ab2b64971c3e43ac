import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { assertDeclared, mediaTypeOf, readFile } from "./file-body.ts";

const limits = { maxBytes: 10, types: ["image/*", "text/csv"] };

describe("the type of a file", () => {
  test("is what its header says, in lower case and without parameters", () => {
    expect(mediaTypeOf("Text/CSV; charset=utf-8", undefined, limits)).toBe("text/csv");
  });

  test.each([undefined, "", "image/*", "image/", "image/png/x", "image/pn g", "text/html", "image/png, text/html", "image/\nx"])(
    "%j is refused",
    (contentType) => {
      expect(() => mediaTypeOf(contentType, undefined, limits)).toThrow(/image\/\* or text\/csv/);
    },
  );

  test("of a body that is compressed on the way is refused", () => {
    expect(() => mediaTypeOf("text/csv", "gzip", limits)).toThrow("Content-Encoding gzip");
  });
});

describe("a body", () => {
  test("is read whole, whatever its parts", async () => {
    const parts = ["12345", "67890"].map((text) => Buffer.from(text));
    expect(String(await readFile(Readable.from(parts, { objectMode: false }), limits))).toBe("1234567890");
  });

  test("that is larger than any field takes is refused while it comes, and not kept", async () => {
    const body = new PassThrough();
    const reading = readFile(body, limits);
    body.write("12345678901");
    await expect(reading).rejects.toMatchObject({ code: "payload-too-large", detail: "A file may be of at most 10 bytes." });
    expect([body.destroyed, body.isPaused()]).toEqual([false, false]);
  });

  test("that says itself that it is too large is refused before it comes", () => {
    expect(() => assertDeclared("11", limits)).toThrow("at most 10 bytes");
    expect(() => assertDeclared("10", limits)).not.toThrow();
  });

  test("without bytes is no file", async () => {
    await expect(readFile(Readable.from([]), limits)).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("that breaks off is no file", async () => {
    const body = new PassThrough();
    const reading = readFile(body, limits);
    body.write("123");
    body.destroy();
    await expect(reading).rejects.toMatchObject({ code: "invalid-input", detail: "The body broke off." });
  });
});
