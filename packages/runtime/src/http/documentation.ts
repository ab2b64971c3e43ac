import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { JsonValue } from "@archwright/model";
import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { mount } from "./mount.ts";
import { serveText } from "./pages.ts";

/**
 * `/openapi.json` and `/docs`, a page to read it and to try calls from. The files are those that @fastify/swagger-ui carries, served from here:
 * nothing comes from another host, and the page's own policy lets nothing run that is not a file of this server.
 */
export function serveDocumentation(app: FastifyInstance, openapi: JsonValue, gate: onRequestHookHandler): void {
  serveText(app, { path: "/openapi.json", type: "application/json; charset=utf-8", text: JSON.stringify(openapi), gate });
  serveText(app, { path: "/docs", type: "text/html; charset=utf-8", text: page, policy, gate });
  serveText(app, { path: "/docs/start.js", type: "text/javascript; charset=utf-8", text: start, gate });
  for (const { name, type } of files) serveFile(app, name, type, gate);
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/index.css">
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, persistAuthorization: false, tryItOutEnabled: true, validatorUrl: null });
`;

const files = [
  { name: "swagger-ui-bundle.js", type: "text/javascript; charset=utf-8" },
  { name: "swagger-ui.css", type: "text/css; charset=utf-8" },
  { name: "index.css", type: "text/css; charset=utf-8" },
  { name: "favicon-32x32.png", type: "image/png" },
] as const;

/** The first one who asks has the file read and compressed; it is the same for everybody until the process ends. */
function serveFile(app: FastifyInstance, name: string, type: string, gate: onRequestHookHandler): void {
  let reading: Promise<Buffer> | undefined;
  let compressing: Promise<Buffer> | undefined;
  const headers = { "content-type": type, "cache-control": "public, max-age=3600", vary: "Accept-Encoding" };
  mount(app, {
    method: "GET",
    path: `/docs/${name}`,
    gate,
    async handler({ headers: { "accept-encoding": accepted = "" } }, reply) {
      reading ??= readFile(join(folder(), name));
      reply.headers(headers);
      if (!/\bgzip\b/.test(String(accepted)) || type.startsWith("image/")) return reply.send(await reading);
      compressing ??= reading.then((bytes) => promisify(gzip)(bytes));
      return reply.header("content-encoding", "gzip").send(await compressing);
    },
  });
}

function folder(): string {
  return join(dirname(createRequire(import.meta.url).resolve("@fastify/swagger-ui/package.json")), "static");
}
