import type { Graph } from "../block.ts";
import { groupSize, labelBox, nodeBox, type Box } from "./boxes.ts";
import type { Item, Stage } from "./item.ts";
import { layered, type Link } from "./layers.ts";
import { widthOf } from "./text-width.ts";

/** A picture cut into rows: each node and each label is in one, and what leads past a row has its place in it. */
export interface Rows {
  readonly items: readonly Item[];
  readonly stages: readonly Stage[];
  readonly rowCount: number;
  /** The item of each node. */
  readonly nodes: readonly { readonly node: Graph["nodes"][number]; readonly box: Box; readonly item: number }[];
  /** The items of each edge from its upper end down, and whether its arrow is at the upper end. */
  readonly edges: readonly {
    readonly edge: Graph["edges"][number];
    readonly way: readonly number[];
    readonly label?: LabelPlace;
    readonly isReversed: boolean;
  }[];
  /** The rows that the frames of groups are around. */
  readonly framed: readonly { readonly first: number; readonly last: number }[];
}

export interface LabelPlace {
  readonly item: number;
  readonly box: Box;
}

/** As wide as a page shows without making it smaller. */
const widthMax = 940;
const nodeGap = 34;

export function rowsOf(graph: Graph): Rows {
  const nodes = graph.nodes.map((node) => ({ node, box: nodeBox(node) }));
  const clusters = clustersOf(graph, nodes);
  const links = linksOf(graph);
  const inner = clusters.map((cluster) => innerLayers(cluster, links, nodes));
  const outer = outerLayers(graph, clusters, inner, links, nodes);
  const placed = nodeRows(clusters, inner, outer.layers);
  return builtRows({ graph, nodes, clusters, links, inner, outer, placed });
}

type Boxed = { readonly node: Graph["nodes"][number]; readonly box: Box };

/** A group with its nodes, or a node that is in none. */
interface Cluster {
  readonly band: string;
  readonly members: readonly number[];
  readonly isGroup: boolean;
}

interface EdgeLink extends Link {
  readonly edge: Graph["edges"][number];
}

interface Inner {
  /** By the place of the node among the members. */
  readonly layers: readonly number[];
  readonly isReversed: ReadonlyMap<EdgeLink, boolean>;
  readonly depth: number;
  readonly width: number;
}

const ranks: { readonly [S in Boxed["node"]["shape"]]: number } = { person: 0, box: 1, queue: 2, store: 3, outside: 4 };

function clustersOf({ groups }: Graph, nodes: readonly Boxed[]): readonly Cluster[] {
  const membersOf = (group: string): readonly number[] => nodes.flatMap(({ node }, index) => (node.inside === group ? [index] : []));
  const grouped = groups.map(({ id }): Cluster => ({ band: `group ${id}`, members: membersOf(id), isGroup: true }));
  const known = new Set(groups.map(({ id }) => id));
  const free = nodes.flatMap(({ node }, index): readonly Cluster[] =>
    node.inside !== undefined && known.has(node.inside) ? [] : [{ band: `node ${index}`, members: [index], isGroup: false }],
  );
  return [...grouped.filter(({ members }) => members.length > 0), ...free];
}

/** Edges of a node to itself are drawn beside it, and do not count. */
function linksOf({ nodes, edges }: Graph): readonly EdgeLink[] {
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, edge }];
  });
}

function innerLayers({ members }: Cluster, links: readonly EdgeLink[], nodes: readonly Boxed[]): Inner {
  const places = new Map(members.map((node, place) => [node, place]));
  const own = links.flatMap((link) => {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    return from === undefined || to === undefined ? [] : [{ link, from, to }];
  });
  const widths = members.map((node) => (nodes[node]?.box.width ?? 0) + nodeGap);
  const rankOf = members.map((node) => ranks[nodes[node]?.node.shape ?? "box"]);
  const { layers, isReversed } = layered(members.length, own, { widths, widthMax, ranks: rankOf });
  const depth = 1 + Math.max(0, ...layers);
  const width = Math.max(
    ...Array.from({ length: depth }, (_, layer) => widths.reduce((total, one, place) => total + (layers[place] === layer ? one : 0), 0)),
  );
  return { layers, isReversed: new Map(own.map(({ link }, index) => [link, isReversed[index] === true])), depth, width };
}

interface Outer {
  readonly layers: readonly number[];
  readonly isReversed: ReadonlyMap<EdgeLink, boolean>;
  readonly clusterOf: ReadonlyMap<number, number>;
}

function outerLayers(
  graph: Graph,
  clusters: readonly Cluster[],
  inner: readonly Inner[],
  links: readonly EdgeLink[],
  nodes: readonly Boxed[],
): Outer {
  const clusterOf = new Map(clusters.flatMap(({ members }, place) => members.map((node) => [node, place] as const)));
  const between = links.flatMap((link) => {
    const [from, to] = [clusterOf.get(link.from), clusterOf.get(link.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ link, from, to }];
  });
  const rankOf = clusters.map(({ isGroup, members: [first = -1] }) => (isGroup ? 1 : ranks[nodes[first]?.node.shape ?? "box"]));
  const { layers, isReversed } = layered(clusters.length, between, { widths: inner.map(({ width }) => width), widthMax, ranks: rankOf });
  return { layers, isReversed: new Map(between.map(({ link }, index) => [link, isReversed[index] === true])), clusterOf };
}

/** The level of each node: its layer within its cluster, below all levels of the layers of clusters above. */
interface Levels {
  readonly levelOf: ReadonlyMap<number, number>;
  /** The levels of each layer of clusters. */
  readonly spans: readonly { readonly first: number; readonly last: number; readonly isFramed: boolean }[];
}

function nodeRows(clusters: readonly Cluster[], inner: readonly Inner[], layers: readonly number[]): Levels {
  const levelOf = new Map<number, number>();
  const spans: { first: number; last: number; isFramed: boolean }[] = [];
  let first = 0;
  for (let layer = 0; layer <= Math.max(-1, ...layers); layer += 1) {
    const own = clusters.flatMap((cluster, place) => (layers[place] === layer ? [{ cluster, inner: inner[place] }] : []));
    const depth = Math.max(1, ...own.map((one) => one.inner?.depth ?? 1));
    for (const { cluster, inner: within } of own)
      for (const [place, node] of cluster.members.entries()) levelOf.set(node, first + (within?.layers[place] ?? 0));
    spans.push({ first, last: first + depth - 1, isFramed: own.some(({ cluster }) => cluster.isGroup) });
    first += depth;
  }
  return { levelOf, spans };
}

interface Parts {
  readonly graph: Graph;
  readonly nodes: readonly Boxed[];
  readonly clusters: readonly Cluster[];
  readonly links: readonly EdgeLink[];
  readonly inner: readonly Inner[];
  readonly outer: Outer;
  readonly placed: Levels;
}

function builtRows(parts: Parts): Rows {
  const { nodes, links, placed } = parts;
  const rows = numberedRows(parts);
  const items = nodes.map((_, node) => nodeItem(parts, rows, node));
  const edges = links.map((link, place) => wayOf({ parts, rows, items }, link, place));
  return {
    items,
    stages: stagesOf(rows.count, rows.spanOf),
    rowCount: rows.count,
    nodes: nodes.map((boxed, item) => ({ ...boxed, item })),
    edges,
    framed: placed.spans.flatMap(({ first, last, isFramed }) =>
      isFramed ? [{ first: rows.ofLevel(first), last: rows.ofLevel(last) }] : [],
    ),
  };
}

interface NumberedRows {
  readonly count: number;
  readonly ofLevel: (level: number) => number;
  /** Which layer of clusters a row is in; -1 between two of them. */
  readonly spanOf: (row: number) => number;
  readonly labels: Labels;
}

/** Each level of nodes is one row, and each space below it has as many rows as its labels fill. */
function numberedRows(parts: Parts): NumberedRows {
  const { spans } = parts.placed;
  const levels = (spans.at(-1)?.last ?? -1) + 1;
  const labels = labelLevels(parts.links, parts, spans);
  const rows: number[] = [];
  let count = 0;
  for (let level = 0; level < levels; level += 1) {
    rows.push(count);
    count += level === levels - 1 ? 1 : 1 + labels.rowsBelow(level);
  }
  const ofLevel = (level: number): number => rows[level] ?? 0;
  return { count, ofLevel, labels, spanOf: (row) => spans.findIndex(({ first, last }) => row >= ofLevel(first) && row <= ofLevel(last)) };
}

const clusterOf = ({ clusters, outer }: Parts, node: number): Cluster | undefined => clusters[outer.clusterOf.get(node) ?? -1];

function nodeItem(parts: Parts, rows: NumberedRows, index: number): Item {
  const { graph, nodes, placed } = parts;
  const cluster = clusterOf(parts, index);
  const { node, box } = nodes[index] ?? { node: undefined, box: { width: 0, height: 0 } };
  return {
    kind: "node",
    row: rows.ofLevel(placed.levelOf.get(index) ?? 0),
    width: Math.max(box.width + loopWidth(graph, node?.id ?? ""), roomForLabel(graph, cluster, index)),
    height: box.height,
    band: cluster?.band ?? "",
    ...(cluster?.isGroup && { isFramed: true as const }),
    up: [],
    down: [],
  };
}

interface Weaving {
  readonly parts: Parts;
  readonly rows: NumberedRows;
  /** The nodes, and behind them what is added for each edge. */
  readonly items: Item[];
}

/** Leads an edge through the rows between its nodes, within the band of one of them as long as it is beside this. */
function wayOf({ parts, rows, items }: Weaving, link: EdgeLink, place: number): Rows["edges"][number] {
  const isReversed = reversed(link, parts);
  const [upper, lower] = isReversed ? [link.to, link.from] : [link.from, link.to];
  const [top, bottom] = [items[upper]?.row ?? 0, items[lower]?.row ?? 0];
  const labelled = rows.labels.placeOf.get(link);
  const labelRow = labelled && rows.ofLevel(labelled.level) + 1 + labelled.row;
  const way = [upper];
  let label: LabelPlace | undefined;
  for (let row = top + 1; row < bottom; row += 1) {
    const span = rows.spanOf(row);
    const beside = span < 0 ? undefined : [upper, lower].find((node) => rows.spanOf(items[node]?.row ?? -1) === span);
    const cluster = beside === undefined ? undefined : clusterOf(parts, beside);
    const box = row === labelRow ? labelled?.box : undefined;
    if (box) label = { item: items.length, box };
    way.push(items.length);
    items.push({
      kind: box ? "label" : "bend",
      row,
      width: box?.width ?? 2,
      height: box?.height ?? 0,
      band: cluster?.band ?? `edge ${place}`,
      ...(cluster?.isGroup && { isFramed: true as const }),
      up: [],
      down: [],
    });
  }
  way.push(lower);
  for (const [at, below] of way.slice(1).entries()) join(items, way[at] ?? -1, below);
  return { edge: link.edge, way, isReversed, ...(label && { label }) };
}

/** The label of a group is written above its first node, and must not stand out of the group. */
function roomForLabel({ groups }: Graph, cluster: Cluster | undefined, node: number): number {
  const group = groups.find(({ id }) => cluster?.band === `group ${id}`);
  return group && cluster?.members[0] === node ? widthOf(group.label, groupSize) : 0;
}

const reversed = (link: EdgeLink, { outer, inner }: Parts): boolean =>
  outer.isReversed.get(link) ?? inner.some(({ isReversed }) => isReversed.get(link) === true);

function join(items: readonly Item[], upper: number, lower: number): void {
  items[upper]?.down.push(lower);
  items[lower]?.up.push(upper);
}

function stagesOf(rowCount: number, spanOf: (row: number) => number): readonly Stage[] {
  const stages: number[][] = [];
  let before: number | undefined;
  for (let row = 0; row < rowCount; row += 1) {
    const span = spanOf(row);
    if (span >= 0 && span === before) stages.at(-1)?.push(row);
    else stages.push([row]);
    before = span;
  }
  return stages.map((rows) => ({ rows }));
}

interface Labels {
  readonly placeOf: ReadonlyMap<EdgeLink, { readonly level: number; readonly row: number; readonly box: Box }>;
  readonly rowsBelow: (level: number) => number;
}

/** Below which level each label stands: where there is most room, and rather between groups than within. */
function labelLevels(links: readonly EdgeLink[], parts: Parts, spans: Levels["spans"]): Labels {
  const { levelOf } = parts.placed;
  const filled = new Map<number, number>();
  const placeOf = new Map<EdgeLink, { level: number; row: number; box: Box }>();
  for (const link of links) {
    const { label } = link.edge;
    if (label === undefined || label === "") continue;
    const box = labelBox(label);
    const [from, to] = [levelOf.get(link.from) ?? 0, levelOf.get(link.to) ?? 0];
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const candidates = Array.from({ length: last - first }, (_, at) => first + at);
    const costOf = (level: number): number =>
      (filled.get(level) ?? 0) + (spans.some((span) => level >= span.first && level < span.last) ? widthMax / 2 : 0);
    const level = candidates.reduce((best, one) => (costOf(one) < costOf(best) ? one : best), first);
    filled.set(level, (filled.get(level) ?? 0) + box.width + 16);
    placeOf.set(link, { level, row: 0, box });
  }
  const rowsBelow = (level: number): number => Math.max(1, Math.ceil((filled.get(level) ?? 0) / widthMax));
  const turns = new Map<number, number>();
  for (const [link, place] of placeOf) {
    const turn = turns.get(place.level) ?? 0;
    turns.set(place.level, turn + 1);
    placeOf.set(link, { ...place, row: turn % rowsBelow(place.level) });
  }
  return { placeOf, rowsBelow };
}

export const loopRoom = 30;
export const loopLabelMax = 110;

/** The edges of a node to itself run beside it, each around the one before and with its own label. */
export function loopWidth({ edges }: Graph, node: string): number {
  const loops = edges.filter(({ from, to }) => from === node && to === node);
  return loops.reduce((total, { label = "" }) => total + loopRoom + (label === "" ? 0 : labelBox(label, loopLabelMax).width), 0);
}
