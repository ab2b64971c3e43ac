export interface Link {
  readonly from: number;
  readonly to: number;
}

export interface Layered {
  /** The layer of each node, from 0. */
  readonly layers: readonly number[];
  /** Whether a link leads up, by its place in the list. */
  readonly isReversed: readonly boolean[];
}

export interface Weights {
  /** How much room each node takes beside others. */
  readonly widths: readonly number[];
  /** A layer that has no room left is full, and what comes later goes below it. */
  readonly widthMax: number;
  /** Nodes with a smaller rank are rather above those with a greater one. */
  readonly ranks: readonly number[];
}

/** Layers from the top down, so that every link leads down, but for those that close a circle. */
export function layered(count: number, links: readonly Link[], weights: Weights): Layered {
  const order = topDown(count, links, weights.ranks);
  const placeOf = new Map(order.map((node, place) => [node, place]));
  const isReversed = links.map(({ from, to }) => (placeOf.get(from) ?? 0) > (placeOf.get(to) ?? 0));
  const above = Array.from({ length: count }, (): number[] => []);
  for (const [index, { from, to }] of links.entries()) above[isReversed[index] ? from : to]?.push(isReversed[index] ? to : from);
  return { layers: filled(order, above, weights), isReversed };
}

/** The longest way from the top, made longer where a layer is full. */
function filled(order: readonly number[], above: readonly (readonly number[])[], { widths, widthMax }: Weights): readonly number[] {
  const layers = Array.from({ length: order.length }, () => 0);
  const room = new Map<number, number>();
  for (const node of order) {
    const width = widths[node] ?? 0;
    let layer = Math.max(0, ...(above[node] ?? []).map((other) => (layers[other] ?? 0) + 1));
    while ((room.get(layer) ?? 0) > 0 && (room.get(layer) ?? 0) + width > widthMax) layer += 1;
    layers[node] = layer;
    room.set(layer, (room.get(layer) ?? 0) + width);
  }
  return layers;
}

/** An order in which links lead forward, found from the nodes that nothing leads to; in a circle the lowest rank comes first. */
function topDown(count: number, links: readonly Link[], ranks: readonly number[]): readonly number[] {
  const next = Array.from({ length: count }, (): number[] => []);
  const incoming = Array.from({ length: count }, () => 0);
  for (const { from, to } of links) {
    next[from]?.push(to);
    incoming[to] = (incoming[to] ?? 0) + 1;
  }
  const left = new Set(Array.from({ length: count }, (_, node) => node));
  const order: number[] = [];
  while (left.size > 0) {
    const node = bestOf([...left], incoming, ranks);
    left.delete(node);
    order.push(node);
    for (const to of next[node] ?? []) incoming[to] = (incoming[to] ?? 0) - 1;
  }
  return order;
}

function bestOf(candidates: readonly number[], incoming: readonly number[], ranks: readonly number[]): number {
  const free = candidates.filter((node) => (incoming[node] ?? 0) === 0);
  const among = free.length > 0 ? free : candidates;
  return among.reduce((best, node) =>
    compare([ranks[node], incoming[node], node], [ranks[best], incoming[best], best]) < 0 ? node : best,
  );
}

function compare(left: readonly (number | undefined)[], right: readonly (number | undefined)[]): number {
  for (const [at, value = 0] of left.entries()) {
    const difference = value - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
