import { createHash } from "node:crypto";
import { problems, type Model, type Problem } from "@archwright/model";
import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { mount } from "./mount.ts";
import { protocolProblems } from "./problems.ts";

/** A page that the server shows as it is. Its own `<style>` and `<script>` elements are allowed to act; nothing else is. */
export interface HtmlPage {
  readonly path: string;
  readonly html: string;
}

export function servePages(app: FastifyInstance, pages: readonly HtmlPage[], gate: onRequestHookHandler): void {
  for (const { path, html } of pages) serveText(app, { path, gate, type: "text/html; charset=utf-8", text: html, policy: policyOf(html) });
}

/** A page for each problem: what its `type` leads to. */
export function problemPages(model: Model): readonly HtmlPage[] {
  const declared = new Map(
    model.operations.flatMap(({ id, errors }) => errors.map(({ name, status }) => [name, { name, status, from: id }] as const)),
  );
  return [
    ...[...Object.values(problems), ...protocolProblems].map(problemPage),
    ...[...declared.values()].map(({ name, status, from }) =>
      problemPage({ code: name, status, title: name, meaning: `${from} declares it: \`detail\` says what happened.` }),
    ),
  ];
}

export interface ServedText {
  readonly path: string;
  readonly type: string;
  readonly text: string | Buffer;
  readonly gate: onRequestHookHandler;
  readonly policy?: string;
}

/** Serves a text that does not change while the server runs. */
export function serveText(app: FastifyInstance, { path, type, text, gate, policy }: ServedText): void {
  const bytes = Buffer.from(text);
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "content-type": type,
    etag,
    "cache-control": "no-cache",
    ...(policy !== undefined && { "content-security-policy": policy, "referrer-policy": "no-referrer" }),
  };
  mount(app, {
    method: "GET",
    path,
    gate,
    handler: async (request, reply) =>
      request.headers["if-none-match"] === etag ? reply.code(304).headers(headers).send() : reply.headers(headers).send(bytes),
  });
}

/** A page may use what stands in it, named by its hash, and reach nobody. */
function policyOf(html: string): string {
  const hashes = (element: string): string => {
    const found = [...html.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([\\s\\S]*?)</${element}>`, "gi"))];
    return found.map(([, content = ""]) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`).join(" ") || "'none'";
  };
  return `default-src 'none'; style-src ${hashes("style")}; script-src ${hashes("script")}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function problemPage({ code, status, title, meaning }: Problem): HtmlPage {
  const said = meaning.replace(/`([^`]+)`/g, "<code>$1</code>");
  return {
    path: `/problems/${encodeURIComponent(code)}`,
    html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
<p><code>${code}</code> · ${status}</p>
<h1>${title}</h1>
<p>${said}</p>
</html>
`,
  };
}

const style =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color:#1b1f24;background:#fff}code{background:#eef1f4;padding:.1em .3em;border-radius:.2em}@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#14171a}code{background:#262b31}}";
