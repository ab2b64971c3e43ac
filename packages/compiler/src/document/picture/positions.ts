import type { Item, Stage } from "./item.ts";

const rounds = 60;
const gaps = { node: 34, label: 16, bend: 16 } as const;
/** What a band keeps free on both of its sides, for the frame of a group. */
const bandGap = 30;

/** Where the middle of each item is, from left to right: near those that it is joined with, in the order of its row, and beside its neighbours. */
export function positions(items: readonly Item[], stages: readonly Stage[], rows: readonly (readonly number[])[]): readonly number[] {
  const xs = items.map(() => 0);
  const bandsOf = stages.map((stage) => bandsIn(items, stage, rows));
  const placing: Placing = { items, xs, chains: chainsOf(items) };
  for (const row of rows) pack(placing, row);
  for (let round = 0; round < rounds; round += 1) {
    const isDown = round % 2 === 0;
    for (const bands of isDown ? bandsOf : [...bandsOf].reverse()) placeBands(placing, bands, isDown);
  }
  return xs;
}

interface Placing {
  readonly items: readonly Item[];
  readonly xs: number[];
  readonly chains: ReadonlyMap<number, Chain>;
}

/** All that lies between the two nodes of a long edge, and these. */
interface Chain {
  readonly links: readonly number[];
  readonly ends: readonly number[];
}

function chainsOf(items: readonly Item[]): ReadonlyMap<number, Chain> {
  const chains = new Map<number, Chain>();
  for (const [index, { kind, up }] of items.entries()) {
    const [above = -1] = up;
    if (kind === "node" || items[above]?.kind !== "node") continue;
    const links = [index];
    let below = items[index]?.down[0] ?? -1;
    while (items[below] && items[below]?.kind !== "node") {
      links.push(below);
      below = items[below]?.down[0] ?? -1;
    }
    for (const link of links) chains.set(link, { links, ends: [above, below] });
  }
  return chains;
}

/** A band as its rows, each with its items from left to right. */
type Band = readonly (readonly number[])[];

function bandsIn(items: readonly Item[], { rows: own }: Stage, rows: readonly (readonly number[])[]): readonly Band[] {
  const bands = new Map<string, number[][]>();
  // The order of the bands is the same in all rows, but a band may be missing in some.
  for (const row of own)
    for (const index of rows[row] ?? []) {
      const band = items[index]?.band ?? "";
      const found = bands.get(band) ?? own.map(() => []);
      found[own.indexOf(row)]?.push(index);
      bands.set(band, found);
    }
  return inOrder(
    [...bands.keys()],
    own.map((row) => [...new Set((rows[row] ?? []).map((index) => items[index]?.band ?? ""))]),
  ).map((band) => bands.get(band) ?? []);
}

/** One order that agrees with that of every row. */
function inOrder(bands: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const left = new Set(bands);
  const order: string[] = [];
  while (left.size > 0) {
    const isFirst = (band: string): boolean =>
      rows.every((row) => !row.includes(band) || row.slice(0, row.indexOf(band)).every((before) => !left.has(before)));
    const next = [...left].find(isFirst) ?? [...left][0] ?? "";
    left.delete(next);
    order.push(next);
  }
  return order;
}

function pack({ items, xs }: Placing, row: readonly number[]): void {
  for (const [place, x] of spread(
    row.map(() => 0),
    separations(items, row),
  ).entries())
    xs[row[place] ?? -1] = x;
}

function placeBands(placing: Placing, bands: readonly Band[], isDown: boolean): void {
  const { items, xs } = placing;
  for (const band of bands)
    for (const row of isDown ? band : [...band].reverse()) {
      const placed = spread(
        row.map((index) => wish(placing, index)),
        separations(items, row),
        row.map((index) => (items[index]?.kind === "node" ? 1 : linkWeight)),
      );
      for (const [place, index] of row.entries()) xs[index] = placed[place] ?? 0;
    }
  const extents = bands.map((band) => extentOf(items, xs, band.flat()));
  const centres = spread(
    extents.map(({ left, right }) => (left + right) / 2),
    extents.slice(1).map(({ left, right, gap }, at) => {
      const before = extents[at];
      return before ? (before.right - before.left + right - left) / 2 + Math.max(gap, before.gap) : 0;
    }),
  );
  for (const [place, band] of bands.entries()) {
    const extent = extents[place];
    const shift = (centres[place] ?? 0) - (extent ? (extent.left + extent.right) / 2 : 0);
    for (const index of band.flat()) xs[index] = (xs[index] ?? 0) + shift;
  }
}

function extentOf(
  items: readonly Item[],
  xs: readonly number[],
  band: readonly number[],
): { readonly left: number; readonly right: number; readonly gap: number } {
  const edges = band.map((index) => ({ x: xs[index] ?? 0, half: (items[index]?.width ?? 0) / 2 }));
  const isThin = band.every((index) => items[index]?.kind !== "node");
  const isGroup = items[band[0] ?? -1]?.isFramed === true;
  return {
    left: Math.min(...edges.map(({ x, half }) => x - half)),
    right: Math.max(...edges.map(({ x, half }) => x + half)),
    gap: isThin ? gaps.bend : isGroup ? bandGap + gaps.node : gaps.node,
  };
}

/** A long edge is straight before anything else: what it consists of goes where the whole of it is, and only a little towards its ends. */
function wish({ items, xs, chains }: Placing, index: number): number {
  const at = (indexes: readonly number[]): number =>
    indexes.reduce((total, one) => total + (xs[one] ?? 0), 0) / Math.max(1, indexes.length);
  const chain = chains.get(index);
  if (chain) return 0.85 * at(chain.links) + 0.15 * at(chain.ends);
  const joined = [...(items[index]?.up ?? []), ...(items[index]?.down ?? [])];
  return joined.length === 0 ? (xs[index] ?? 0) : at(joined);
}

/** What bends is drawn to its own line more than a node to any of its many. */
const linkWeight = 6;

function separations(items: readonly Item[], row: readonly number[]): readonly number[] {
  return row.slice(1).map((index, at) => {
    const [left, right] = [items[row[at] ?? -1], items[index]];
    return left && right ? (left.width + right.width) / 2 + Math.max(gaps[left.kind], gaps[right.kind]) : 0;
  });
}

/** The places nearest to the wished ones, by weighed least squares, that keep the order and the separations: neighbours that would collide move as a block. */
export function spread(wishes: readonly number[], separate: readonly number[], weights: readonly number[] = []): readonly number[] {
  const offsets: number[] = [];
  for (const place of wishes.keys()) offsets.push(place === 0 ? 0 : (offsets[place - 1] ?? 0) + (separate[place - 1] ?? 0));
  const blocks: { total: number; weight: number; count: number }[] = [];
  for (const [place, wished] of wishes.entries()) {
    const weight = weights[place] ?? 1;
    let block = { total: (wished - (offsets[place] ?? 0)) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.total / last.weight > block.total / block.weight; last = blocks.at(-1)) {
      block = { total: block.total + last.total, weight: block.weight + last.weight, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks
    .flatMap(({ total, weight, count }) => Array.from({ length: count }, () => total / weight))
    .map((base, place) => base + (offsets[place] ?? 0));
}
