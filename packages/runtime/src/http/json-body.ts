import { isUtf8 } from "node:buffer";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ProblemError } from "../problem.ts";
import { problem } from "./problems.ts";
import { isUnstorable, unstorableIn } from "./unstorable.ts";

/** Bodies are JSON in UTF-8 and nothing else. No body is no body, whatever its Content-Type. */
export function takeJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // It refuses the keys that reach an object's prototype.
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes: Buffer, done) => {
    request.exchange.bodyBytes = bytes.length;
    if (bytes.length === 0) return done(null, undefined);
    const refusal = refusalOf(request, bytes);
    if (refusal) return done(refusal);
    const text = bytes.toString("utf8");
    return parse(request, text, (error, body: unknown) => {
      if (error) done(problem("invalid-input", { detail: whyNotJson(text) }));
      else if (mayBeUnstorable.test(text) && isUnstorable(body)) done(problem("invalid-input", { detail: unstorableIn("the body") }));
      else done(null, body);
    });
  });
}

function refusalOf({ headers }: FastifyRequest, bytes: Buffer): ProblemError | undefined {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    return problem("unsupported-media-type", { detail: `Send the body as it is: the Content-Encoding ${encoding} is not read.` });
  return isUtf8(bytes) ? undefined : problem("invalid-input", { detail: "The body is not UTF-8." });
}

function whyNotJson(text: string): string {
  try {
    JSON.parse(text);
    return 'The body has the key "__proto__" or "constructor", which no field has.';
  } catch (error) {
    return `The body is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
}

// In JSON both can only be written as an escape: UTF-8 has no half pairs, and JSON no bare control characters.
const mayBeUnstorable = /\\u(0000|d[89a-f])/i;
