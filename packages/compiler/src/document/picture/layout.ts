import type { Graph } from "../block.ts";
import { labelBox, type Box } from "./boxes.ts";
import { ordered } from "./order.ts";
import { positions } from "./positions.ts";
import { loopLabelMax, loopRoom, loopWidth, rowsOf, type Rows } from "./rows.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a picture is. The origin is the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly PlacedEdge[];
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Rectangle {
  readonly node: Graph["nodes"][number];
  readonly box: Box;
}

export interface PlacedGroup extends Rectangle {
  readonly group: Graph["groups"][number];
}

export interface PlacedEdge {
  readonly edge: Graph["edges"][number];
  /** From its beginning to its end. Between two points that are not above each other the line bends. */
  readonly points: readonly Point[];
  readonly label?: Rectangle & { readonly box: Box };
}

const margin = 14;
const rowGap = 24;
const frame = { top: 40, bottom: 20, side: 18 } as const;

/** Layers from the top down, as Sugiyama draws them: few crossings, straight long edges, and room of its own for every node and every label. */
export function layoutOf(graph: Graph): Layout {
  const rows = rowsOf(graph);
  const order = ordered(rows.items, rows.stages, rows.rowCount);
  const xs = positions(rows.items, rows.stages, order);
  const heights = rowHeights(rows);
  const placing: Placing = { graph, rows, xs, heights };
  const nodes = placedNodes(placing);
  const groups = placedGroups(placing, nodes);
  const edges = [...placedEdges(placing, nodes), ...loops(graph, nodes)];
  return framed({ nodes, groups, edges });
}

interface Placing {
  readonly graph: Graph;
  readonly rows: Rows;
  readonly xs: readonly number[];
  readonly heights: readonly { readonly top: number; readonly bottom: number }[];
}

function rowHeights({ items, rowCount, framed: frames }: Rows): Placing["heights"] {
  const heights: { top: number; bottom: number }[] = [];
  let y = 0;
  for (let row = 0; row < rowCount; row += 1) {
    if (frames.some(({ first }) => first === row)) y += frame.top;
    const height = Math.max(0, ...items.flatMap((item) => (item.row === row ? [item.height] : [])));
    heights.push({ top: y, bottom: y + height });
    y += height + rowGap + (frames.some(({ last }) => last === row) ? frame.bottom : 0);
  }
  return heights;
}

function placedNodes({ graph, rows, xs, heights }: Placing): readonly PlacedNode[] {
  return rows.nodes.map(({ node, box, item }) => {
    const { top, bottom } = heights[rows.items[item]?.row ?? 0] ?? { top: 0, bottom: 0 };
    const left = (xs[item] ?? 0) - (box.width + loopWidth(graph, node.id)) / 2;
    return { node, box, x: left, y: (top + bottom - box.height) / 2, width: box.width, height: box.height };
  });
}

/** Around its nodes, and around what passes between these. */
function placedGroups({ graph, rows, xs }: Placing, nodes: readonly PlacedNode[]): readonly PlacedGroup[] {
  return graph.groups.flatMap((group) => {
    const own = rows.nodes.flatMap(({ node, item }) => (node.inside === group.id ? [item] : []));
    const [first] = own;
    if (first === undefined) return [];
    const last = Math.max(...own.map((item) => rows.items[item]?.row ?? 0));
    const inside = rows.items.flatMap(({ band, row, width }, item) =>
      band === rows.items[first]?.band && row <= last ? [{ x: xs[item] ?? 0, half: width / 2 }] : [],
    );
    const placed = own.flatMap((item) => nodes[item] ?? []);
    const [left, top] = [
      Math.min(...inside.map(({ x, half }) => x - half)) - frame.side,
      Math.min(...placed.map(({ y }) => y)) - frame.top + 6,
    ];
    const [right, bottom] = [
      Math.max(...inside.map(({ x, half }) => x + half)) + frame.side,
      Math.max(...placed.map(({ y, height }) => y + height)) + frame.bottom - 4,
    ];
    return [{ group, x: left, y: top, width: right - left, height: bottom - top }];
  });
}

function placedEdges({ rows, xs, heights }: Placing, nodes: readonly PlacedNode[]): readonly PlacedEdge[] {
  const ports = portsOf(rows, xs, nodes);
  return rows.edges.map(({ edge, way, label, isReversed }, index) => {
    const [upper = -1, lower = -1] = [way[0], way.at(-1)];
    const [above, below] = [nodes[upper], nodes[lower]];
    const [out, into] = [ports.get(`${index} out`) ?? 0, ports.get(`${index} in`) ?? 0];
    const rowOf = (item: number): { readonly top: number; readonly bottom: number } =>
      heights[rows.items[item]?.row ?? 0] ?? { top: 0, bottom: 0 };
    const points: readonly Point[] = [
      { x: out, y: above ? above.y + above.height : 0 },
      { x: out, y: rowOf(upper).bottom },
      ...way.slice(1, -1).flatMap((item) => [
        { x: xs[item] ?? 0, y: rowOf(item).top },
        { x: xs[item] ?? 0, y: rowOf(item).bottom },
      ]),
      { x: into, y: rowOf(lower).top },
      { x: into, y: below?.y ?? 0 },
    ];
    const box = label?.box;
    const labelRow = label && rowOf(label.item);
    return {
      edge,
      points: withoutRepetition(isReversed ? [...points].reverse() : points),
      ...(label &&
        box &&
        labelRow && {
          label: {
            box,
            x: (xs[label.item] ?? 0) - box.width / 2,
            y: (labelRow.top + labelRow.bottom - box.height) / 2,
            width: box.width,
            height: box.height,
          },
        }),
    };
  });
}

const withoutRepetition = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ x, y }, index) => index === 0 || x !== points[index - 1]?.x || y !== points[index - 1]?.y);

/** Where the edges leave and reach their nodes: side by side, in the order of where they go. */
function portsOf({ edges }: Rows, xs: readonly number[], nodes: readonly PlacedNode[]): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  const ends = edges.flatMap(({ way }, index) => [
    { key: `${index} out`, node: way[0] ?? -1, side: "out", towards: xs[way[1] ?? -1] ?? 0 },
    { key: `${index} in`, node: way.at(-1) ?? -1, side: "in", towards: xs[way.at(-2) ?? -1] ?? 0 },
  ]);
  for (const [place, { x, width }] of nodes.entries())
    for (const side of ["out", "in"]) {
      const own = ends.filter((end) => end.node === place && end.side === side).sort((left, right) => left.towards - right.towards);
      const step = Math.min(26, (width * 0.72) / Math.max(1, own.length - 1));
      for (const [at, { key }] of own.entries()) ports.set(key, x + width / 2 + (at - (own.length - 1) / 2) * step);
    }
  return ports;
}

function loops({ edges }: Graph, nodes: readonly PlacedNode[]): readonly PlacedEdge[] {
  return nodes.flatMap(({ node, x, y, width, height }) => {
    let outer = x + width;
    return edges.flatMap((edge): readonly PlacedEdge[] => {
      if (edge.from !== node.id || edge.to !== node.id) return [];
      const [upper, lower] = [y + height * 0.3, y + height * 0.7];
      const points = [
        { x: x + width, y: upper },
        { x: outer + loopRoom - 8, y: (upper + lower) / 2 },
        { x: x + width, y: lower },
      ];
      const box = edge.label === undefined || edge.label === "" ? undefined : labelBox(edge.label, loopLabelMax);
      const label = box && { box, x: outer + loopRoom - 4, y: (upper + lower - box.height) / 2, width: box.width, height: box.height };
      outer += loopRoom + (box?.width ?? 0);
      return [{ edge, points, ...(label && { label }) }];
    });
  });
}

/** Everything moved so that it begins at the margin. */
function framed({ nodes, groups, edges }: Pick<Layout, "nodes" | "groups" | "edges">): Layout {
  const rectangles: readonly Rectangle[] = [...nodes, ...groups, ...edges.flatMap(({ label }) => label ?? [])];
  const points = edges.flatMap((edge) => edge.points);
  const [left, top] = [
    Math.min(...rectangles.map(({ x }) => x), ...points.map(({ x }) => x), Infinity) - margin,
    Math.min(...rectangles.map(({ y }) => y), ...points.map(({ y }) => y), Infinity) - margin,
  ];
  if (rectangles.length === 0) return { width: 0, height: 0, nodes, groups, edges };
  const moved = <T extends Point>(place: T): T => ({ ...place, x: rounded(place.x - left), y: rounded(place.y - top) });
  return {
    width: Math.ceil(Math.max(...rectangles.map(({ x, width }) => x + width), ...points.map(({ x }) => x)) - left + margin),
    height: Math.ceil(Math.max(...rectangles.map(({ y, height }) => y + height), ...points.map(({ y }) => y)) - top + margin),
    nodes: nodes.map(moved),
    groups: groups.map(moved),
    edges: edges.map((edge) => ({ ...edge, points: edge.points.map(moved), ...(edge.label && { label: moved(edge.label) }) })),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
