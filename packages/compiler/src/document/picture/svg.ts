import { escaped } from "./xml.ts";

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

export function svg({ width, height, title }: Frame, parts: readonly string[]): string {
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="--natural:${width}px"`;
  return `<svg class="drawing" role="img" aria-label="${escaped(title)}" ${size}>${parts.join("")}</svg>`;
}

/** What shapes and lines look like, in the colours of the page. */
export const drawingStyle = `
.drawing { display: block; height: auto; margin: 0 auto; font-family: Helvetica, Arial, "Liberation Sans", sans-serif; }
.drawing text { fill: var(--ink); text-anchor: middle; }
.drawing .title { font-weight: 600; }
.drawing .start { text-anchor: start; }
.drawing .node rect, .drawing .node path, .drawing .node circle { fill: var(--node); stroke: var(--node-line); stroke-width: 1.4; }
.drawing .node text:not(.title) { fill: var(--muted); }
.drawing .node.outside rect { fill: var(--outside); stroke: var(--outside-line); stroke-dasharray: 5 3; }
.drawing .node.store path, .drawing .node.queue path { fill: var(--store); stroke: var(--store-line); }
.drawing .node .lid { fill: none !important; }
.drawing .node.person rect, .drawing .node.person circle { fill: var(--person); stroke: var(--person-line); }
.drawing .group rect { fill: var(--group); stroke: var(--group-line); }
.drawing .group.boundary rect { stroke: var(--boundary); stroke-width: 2; stroke-dasharray: 9 5; }
.drawing .group .paper { fill: var(--group) !important; stroke: none !important; opacity: .88; }
.drawing .group text { text-anchor: start; fill: var(--muted); font-weight: 600; }
.drawing .group.boundary text { fill: var(--boundary); }
.drawing .edge path { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.drawing .edge.dashed path { stroke-dasharray: 6 4; }
.drawing .edge polygon { fill: var(--edge); }
.drawing .label rect { fill: var(--paper); opacity: .88; }
.drawing .label text { fill: var(--ink); }
.drawing .life { stroke: var(--line); stroke-dasharray: 3 4; }
`;
