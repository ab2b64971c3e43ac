/** What the page looks like: by day and by night, on paper and on a phone. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2430; --muted: #5a6675; --line: #d9dee5; --soft: #f5f7f9; --accent: #1a5fb4;
  --node: #eef4fc; --node-line: #5b84b8; --outside: #f6f2ec; --outside-line: #a5906b; --store: #eaf6f0; --store-line: #4e9272;
  --person: #f1eefb; --person-line: #7d6cb5; --group: #fbfcfd; --group-line: #c3cbd5; --boundary: #b0452f; --edge: #66717f;
  --good: #2e7d4f; --warning: #a86b00; --error: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181e; --ink: #e3e8ee; --muted: #9aa7b5; --line: #313a45; --soft: #1b2129; --accent: #7fb2f0;
    --node: #1d2c3f; --node-line: #5d8bc2; --outside: #2c271f; --outside-line: #a5906b; --store: #1a3028; --store-line: #539b79;
    --person: #282440; --person-line: #8f7fcb; --group: #171c23; --group-line: #3d4855; --boundary: #e08a72; --edge: #93a0ae;
    --good: #6fc492; --warning: #e0a63c; --error: #f28b82;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink); display: grid; grid-template-columns: 17rem minmax(0, 1fr);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 2rem 1.25rem; border-right: 1px solid var(--line); background: var(--soft); font-size: .9rem; line-height: 1.4; }
nav .name { margin: 0 0 1rem; font-weight: 700; font-size: 1.05rem; overflow-wrap: anywhere; }
nav ol { margin: 0; padding-left: 1.6rem; }
nav li { margin: .35rem 0; color: var(--muted); }
nav a { color: var(--ink); text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { padding: 2.5rem clamp(1rem, 4vw, 4rem) 4rem; max-width: 76rem; min-width: 0; }
h1, h2, h3, h4, h5 { line-height: 1.25; overflow-wrap: anywhere; max-width: 48rem; }
h1 { font-size: 2rem; margin: 0; }
h2 { font-size: 1.55rem; margin: 4rem 0 1rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h4 { font-size: 1.02rem; margin: 1.75rem 0 .5rem; }
h5 { font-size: .95rem; margin: 1.25rem 0 .4rem; color: var(--muted); }
p, ul, ol { margin: .75rem 0; }
main p, main ul, main ol { max-width: 46rem; }
main > header p { color: var(--muted); }
li { margin: .25rem 0; }
a { color: var(--accent); }
.anchor { opacity: 0; text-decoration: none; font-weight: 400; color: var(--muted); }
:is(h2, h3, h4, h5):hover .anchor, .anchor:focus { opacity: 1; }
code { font: .88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; background: var(--soft); border-radius: 4px; padding: .1em .3em; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: .85rem 1rem; overflow-x: auto; max-width: 60rem; font-size: .82rem; line-height: 1.45; }
pre code { background: none; padding: 0; font-size: inherit; line-height: inherit; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.45; margin: .75rem 0; min-width: min(100%, 30rem); }
th { text-align: left; font-weight: 600; color: var(--muted); border-bottom: 2px solid var(--line); white-space: nowrap; }
th, td { padding: .45rem .9rem .45rem 0; vertical-align: top; }
td { border-bottom: 1px solid var(--line); min-width: 4.5rem; max-width: 30rem; overflow-wrap: break-word; }
td.figure, th.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
figure > .scroll { padding: .75rem; }
figure .drawing { max-width: 100%; min-width: min(38rem, var(--natural, 38rem)); }
figcaption { padding: .6rem 1rem; border-top: 1px solid var(--line); font-size: .88rem; color: var(--muted); }
.note { border-left: 4px solid var(--muted); background: var(--soft); padding: .6rem 1rem; border-radius: 0 6px 6px 0; }
.note.good { border-color: var(--good); }
.note.warning { border-color: var(--warning); }
.note.error { border-color: var(--error); }
details.record { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; }
details.record > summary { cursor: pointer; padding: .6rem 1rem; }
details.record > summary .number { color: var(--muted); font-variant-numeric: tabular-nums; margin-right: .4rem; }
details.record > summary strong { display: block; font-weight: 600; padding-left: 2.2rem; }
details.record > div { padding: 0 1rem 1rem; border-top: 1px solid var(--line); scroll-margin-top: 5rem; }
details.record h3, details.record h4 { margin-top: 1.25rem; font-size: 1rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; overflow-wrap: anywhere; }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 1rem; }
  nav ol { columns: 2; column-gap: 2.2rem; }
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  h2 { font-size: 1.35rem; margin-top: 2.5rem; }
}
@media (max-width: 30rem) {
  nav ol { columns: 1; }
}
@media print {
  @page { margin: 16mm; }
  :root { color-scheme: light; }
  body { display: block; font-size: 10pt; }
  nav { position: static; height: auto; border: 0; background: none; padding: 0; }
  main { padding: 0; max-width: none; }
  h2 { break-before: page; }
  h3, h4, h5 { break-after: avoid; }
  figure, tr, .note { break-inside: avoid; }
  .scroll, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
  .anchor { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details.record > summary { list-style: none; }
}
`;
