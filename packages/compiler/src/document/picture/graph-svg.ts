import type { Graph } from "../block.ts";
import { groupSize, lineHeight, textTop, type Box } from "./boxes.ts";
import { layoutOf, type PlacedEdge, type PlacedGroup, type PlacedNode, type Point, type Rectangle } from "./layout.ts";
import { svg } from "./svg.ts";
import { widthOf } from "./text-width.ts";
import { escaped } from "./xml.ts";

/** A picture as an SVG element. Its colours are those of the page that it stands in. */
export function graphSvg(graph: Graph, title: string): string {
  const { width, height, nodes, groups, edges } = layoutOf(graph);
  return svg({ width, height, title }, [
    ...groups.map(groupMarkup),
    ...edges.map(lineMarkup),
    ...groups.map(groupLabelMarkup),
    ...edges.flatMap(({ label }) => (label ? [labelMarkup(label)] : [])),
    ...nodes.map(nodeMarkup),
  ]);
}

const kindOf = ({ isBoundary }: PlacedGroup["group"]): string => (isBoundary ? "group boundary" : "group");

function groupMarkup({ group, x, y, width, height }: PlacedGroup): string {
  return `<g class="${kindOf(group)}"><rect x="${place(x)}" y="${place(y)}" width="${place(width)}" height="${place(height)}" rx="10"/></g>`;
}

/** Above the lines that lead into the group, which would strike it through. */
function groupLabelMarkup({ group, x, y }: PlacedGroup): string {
  const paper = `<rect class="paper" x="${place(x + 9)}" y="${place(y + 6)}" width="${place(widthOf(group.label, groupSize) + 10)}" height="19" rx="4"/>`;
  return `<g class="${kindOf(group)}">${paper}<text x="${place(x + 14)}" y="${place(y + 20)}" font-size="${groupSize}">${escaped(group.label)}</text></g>`;
}

function lineMarkup({ edge, points }: PlacedEdge): string {
  const isLoop = edge.from === edge.to;
  return `<g class="edge ${edge.line}"><path d="${isLoop ? loopThrough(points) : pathThrough(points)}"/>${isLoop ? arrowAt(points.at(-1), { x: -1, y: 0 }) : arrowAt(points.at(-1), { x: 0, y: downOrUp(points) })}</g>`;
}

/** Every line leaves and reaches its nodes straight. */
const downOrUp = (points: readonly Point[]): number => ((points.at(-1)?.y ?? 0) < (points.at(-2)?.y ?? 0) ? -1 : 1);

const headLength = 9;
const headWidth = 4.5;

function arrowAt(end: Point | undefined, { x, y }: Point): string {
  if (!end) return "";
  const base = { x: end.x - x * headLength, y: end.y - y * headLength };
  const corners = [end, { x: base.x - y * headWidth, y: base.y + x * headWidth }, { x: base.x + y * headWidth, y: base.y - x * headWidth }];
  return `<polygon points="${corners.map((corner) => `${place(corner.x)},${place(corner.y)}`).join(" ")}"/>`;
}

function loopThrough([begin, side, end]: readonly Point[]): string {
  return begin && side && end ? `M${begin.x},${begin.y} C${side.x},${begin.y} ${side.x},${end.y} ${end.x},${end.y}` : "";
}

/** Straight down where two points are above each other, and a gentle S where they are not. */
export function pathThrough(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (!before) return `M${place(x)},${place(y)}`;
      if (Math.abs(before.x - x) < 0.5) return `L${place(x)},${place(y)}`;
      const middle = place((before.y + y) / 2);
      return `C${place(before.x)},${middle} ${place(x)},${middle} ${place(x)},${place(y)}`;
    })
    .join(" ");
}

function labelMarkup({ x, y, width, height, box }: Rectangle & { readonly box: Box }): string {
  return `<g class="label"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>${textMarkup(box, x + width / 2, y + 2)}</g>`;
}

function nodeMarkup({ node, box, ...rectangle }: PlacedNode): string {
  const text = textMarkup(box, rectangle.x + rectangle.width / 2, rectangle.y + textTop(node));
  return `<g class="node ${node.shape}">${shapes[node.shape](rectangle)}${text}</g>`;
}

function textMarkup({ lines }: Box, x: number, top: number): string {
  let y = top;
  return lines
    .map(({ text, size, isTitle }) => {
      const baseline = y + size;
      y += size * lineHeight;
      return `<text x="${place(x)}" y="${place(baseline)}" font-size="${size}"${isTitle ? ' class="title"' : ""}>${escaped(text)}</text>`;
    })
    .join("");
}

const lid = 7;

const shapes: { readonly [S in Graph["nodes"][number]["shape"]]: (of: Rectangle) => string } = {
  box: ({ x, y, width, height }) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
  outside: ({ x, y, width, height }) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`,
  store: ({ x, y, width, height }) => {
    const [right, top, bottom, half] = [x + width, y + lid, y + height - lid, width / 2].map(place);
    const lower = `M${x},${top} V${bottom} A${half},${lid} 0 0 0 ${right},${bottom} V${top}`;
    return `<path d="${lower} A${half},${lid} 0 0 0 ${x},${top} A${half},${lid} 0 0 0 ${right},${top}"/><path class="lid" d="M${x},${top} A${half},${lid} 0 0 1 ${right},${top}"/>`;
  },
  person: ({ x, y, width, height }) => {
    const centre = place(x + width / 2);
    const body = `<rect x="${x}" y="${y + 15}" width="${width}" height="${place(height - 15)}" rx="14"/>`;
    return `${body}<circle cx="${centre}" cy="${place(y + 14)}" r="13"/>`;
  },
  queue: ({ x, y, width, height }) => {
    const [left, right, bottom, half] = [x + lid, x + width - lid, y + height, height / 2].map(place);
    const pipe = `M${left},${y} H${right} A${lid},${half} 0 0 1 ${right},${bottom} H${left} A${lid},${half} 0 0 1 ${left},${y} Z`;
    return `<path d="${pipe}"/><path class="lid" d="M${right},${y} A${lid},${half} 0 0 0 ${right},${bottom}"/>`;
  },
};

const place = (value: number): number => Math.round(value * 10) / 10;
