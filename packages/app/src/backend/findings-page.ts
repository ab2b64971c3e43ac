import { relative } from "node:path";
import { summarize } from "../terminal/report.ts";
import type { Finding, Model } from "@archwright/model";

/** The findings as a page that needs nothing but a browser. */
export function findingsPage(model: Model, findings: readonly Finding[], folder: string): string {
  const counts = summarize(findings);
  const articles = findings
    .toSorted((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity))
    .map((finding) => article(finding, folder));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(model.name)}: findings</title>
<style>${style}</style>
<main>
<h1>${escape(model.name)}</h1>
<p class="counts">${counts}</p>
${articles.length === 0 ? "<p>Nothing found.</p>" : articles.join("\n")}
</main>
</html>
`;
}

const severities = ["error", "warning", "info"] as const;

function article({ code, severity, item, message, why, fix, at }: Finding, folder: string): string {
  const places = at.map(({ file, line, column }) => `<code>${escape(`${relative(folder, file)}:${line}:${column}`)}</code>`).join(" ");
  return `<article class="${severity}">
<p class="about"><strong>${severity}</strong> ${escape(item)} <span>${escape(code)}</span></p>
<h2>${escape(message)}</h2>
<dl><dt>why</dt><dd>${escape(why)}</dd><dt>fix</dt><dd>${escape(fix)}</dd></dl>
<p class="places">${places}</p>
</article>`;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");

const style = `
:root { color-scheme: light dark; --error: #c62828; --warning: #b26a00; --info: #33691e; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffcc80; --info: #c5e1a5; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { margin: 0; } .counts { margin: 0 0 2rem; opacity: .7; }
article { border-left: 4px solid var(--tone); padding: .1rem 0 .1rem 1rem; margin: 0 0 2rem; }
.error { --tone: var(--error); } .warning { --tone: var(--warning); } .info { --tone: var(--info); }
.about { margin: 0; font-size: .85rem; } .about strong { color: var(--tone); } .about span { opacity: .6; }
h2 { font-size: 1.1rem; margin: .2rem 0 .6rem; }
dl { display: grid; grid-template-columns: 2.5rem 1fr; gap: .3rem .5rem; margin: 0; } dt { opacity: .6; } dd { margin: 0; }
.places { font-size: .85rem; opacity: .7; }
`;
