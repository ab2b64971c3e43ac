import { Readable } from "node:stream";
import { fileLimitsOf, fileRoutesOf, uploadedFileSchema, type FileLimits, type FileRoute, type Model } from "@archwright/model";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Gates } from "../http/gate.ts";
import { mount } from "../http/mount.ts";
import { problem } from "../http/problems.ts";
import { assertDeclared, mediaTypeOf, readFile } from "./file-body.ts";
import type { FileStore } from "./file-store.ts";
import { Turns } from "./turns.ts";

/** Serves the bytes of files in a scope of its own, where bodies are not parsed, if the model has a field for them. */
export function serveFiles(app: FastifyInstance, model: Model, store: FileStore, gates: Gates): void {
  const limits = fileLimitsOf(model);
  if (!limits) return;
  const handlers: { readonly [name in FileRoute["name"]]: Handler } = {
    uploadFile: uploading(store, limits),
    downloadFile: downloading(store),
  };
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, body, parsed) => parsed(null, body));
    for (const { name, method, path, status, roles } of fileRoutesOf(model)) {
      const schema = name === "uploadFile" ? { response: { [status]: uploadedFileSchema } } : {};
      mount(scope, { method, path, gate: gates.forCallers(roles), schema, handler: handlers[name] });
    }
    done();
  });
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function uploading(store: FileStore, limits: FileLimits): Handler {
  const turns = new Turns({ inFlightMax: uploadsAtOnce(limits), waitersMax: 200, waitMs: 10_000 });
  return async ({ headers, body, exchange }, reply) => {
    const mediaType = mediaTypeOf(headers["content-type"], headers["content-encoding"], limits);
    assertDeclared(headers["content-length"], limits);
    const file = await turns.take(
      async () =>
        store.keep(await readFile(body instanceof Readable ? body : Readable.from([]), limits), mediaType, exchange.caller, exchange.now),
      () => {
        throw problem("unavailable", { detail: "Too many files are being uploaded.", retryAfterMs: 5_000 });
      },
    );
    return reply.code(201).header("location", `/files/${file.id}`).send(file);
  };
}

/** An upload is in memory until it is in the database. All of them together take no more than this, but for one that does so alone. */
const uploadedBytesMax = 64_000_000;

const uploadsAtOnce = ({ maxBytes }: FileLimits): number => Math.min(8, Math.max(1, Math.floor(uploadedBytesMax / maxBytes)));

function downloading(store: FileStore): Handler {
  return async ({ params, headers, exchange }, reply) => {
    const id = idIn(params);
    const file = await store.find(id, exchange.caller);
    if (!file) throw problem("not-found", { detail: `There is no file "${id}" for you.` });
    const etag = `"${file.id}"`;
    // Kept by the caller alone, and asked for again each time: what he may read can change, the bytes cannot.
    reply.headers({ etag, "cache-control": "private, no-cache" });
    if (headers["if-none-match"] === etag) return reply.code(304).send();
    reply.headers({
      "content-type": file.mediaType,
      "content-length": file.bytes,
      // Whatever it says of itself, it is saved and never shown: a page of somebody's own would act as one of ours.
      "content-disposition": "attachment",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    return reply.send(Readable.from(store.contentOf(file), { objectMode: false }));
  };
}

function idIn(params: unknown): string {
  const id: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "id") : undefined;
  return typeof id === "string" ? id : "";
}
