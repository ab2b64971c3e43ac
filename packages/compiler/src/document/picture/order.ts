import type { Item, Stage } from "./item.ts";

const sweeps = 16;

/**
 * The items of each row from left to right, so that few edges cross: each goes where those that it is joined with are, down and up again
 * and again, and the best of all the orders is kept. Items of a band stay side by side.
 */
export function ordered(items: readonly Item[], stages: readonly Stage[], rowCount: number): readonly (readonly number[])[] {
  const rows = Array.from({ length: rowCount }, (_, row) => items.flatMap((item, index) => (item.row === row ? [index] : [])));
  const current: Sorting = { items, rows: grouped(items, rows, stages) };
  let best = copied(current.rows);
  let fewest = crossings(current);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const stage of isDown ? stages : [...stages].reverse()) sortStage(current, stage, isDown);
    const count = crossings(current);
    if (count >= fewest) continue;
    fewest = count;
    best = copied(current.rows);
  }
  return best;
}

interface Sorting {
  readonly items: readonly Item[];
  readonly rows: number[][];
}

const copied = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);

/** Bands stand in the order of their first items, and each is in one piece. */
function grouped(items: readonly Item[], rows: readonly number[][], stages: readonly Stage[]): number[][] {
  const sorted = copied(rows);
  for (const { rows: own } of stages) {
    const bands = [...new Set(own.flatMap((row) => (rows[row] ?? []).map((index) => items[index]?.band ?? "")))];
    const rank = new Map(bands.map((band, place) => [band, place]));
    for (const row of own)
      sorted[row]?.sort(
        (left, right) => (rank.get(items[left]?.band ?? "") ?? 0) - (rank.get(items[right]?.band ?? "") ?? 0) || left - right,
      );
  }
  return sorted;
}

function sortStage({ items, rows }: Sorting, { rows: own }: Stage, isDown: boolean): void {
  const places = placesIn(rows);
  const ownRows = new Set(own);
  const neighbours = (index: number): readonly number[] => (isDown ? items[index]?.up : items[index]?.down) ?? [];
  const wish = (index: number, near: readonly number[]): number =>
    near.length === 0 ? (places.get(index) ?? 0) : mean(near.map((other) => places.get(other) ?? 0));
  const bandWishes = new Map<string, number[]>();
  for (const index of own.flatMap((row) => rows[row] ?? [])) {
    const outside = neighbours(index).filter((other) => !ownRows.has(items[other]?.row ?? -1));
    const wishes = bandWishes.get(items[index]?.band ?? "") ?? [];
    bandWishes.set(items[index]?.band ?? "", outside.length > 0 ? [...wishes, wish(index, outside)] : wishes);
  }
  const bandPlace = (index: number): number => {
    const wishes = bandWishes.get(items[index]?.band ?? "") ?? [];
    return wishes.length > 0
      ? mean(wishes)
      : mean(
          own.flatMap((row) =>
            (rows[row] ?? []).filter((other) => items[other]?.band === items[index]?.band).map((other) => places.get(other) ?? 0),
          ),
        );
  };
  const bandOf = new Map(own.flatMap((row) => rows[row] ?? []).map((index) => [index, bandPlace(index)]));
  for (const row of isDown ? own : [...own].reverse()) {
    const wishes = new Map((rows[row] ?? []).map((index) => [index, wish(index, neighbours(index))]));
    rows[row]?.sort(
      (left, right) =>
        (bandOf.get(left) ?? 0) - (bandOf.get(right) ?? 0) ||
        byBand(items, left, right) ||
        (wishes.get(left) ?? 0) - (wishes.get(right) ?? 0) ||
        (places.get(left) ?? 0) - (places.get(right) ?? 0),
    );
    for (const [index, place] of placesIn([rows[row] ?? []])) places.set(index, place);
  }
}

function byBand(items: readonly Item[], left: number, right: number): number {
  const [one, other] = [items[left]?.band ?? "", items[right]?.band ?? ""];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** From the middle of the row, so that short rows lie below the middle of long ones. */
function placesIn(rows: readonly (readonly number[])[]): Map<number, number> {
  return new Map(rows.flatMap((row) => row.map((index, place) => [index, place - (row.length - 1) / 2] as const)));
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);

function crossings({ items, rows }: Sorting): number {
  const places = placesIn(rows);
  let count = 0;
  for (const row of rows) {
    const edges = row.flatMap((index) => (items[index]?.down ?? []).map((to) => [places.get(index) ?? 0, places.get(to) ?? 0] as const));
    for (const [at, [from, to]] of edges.entries())
      for (const [otherFrom, otherTo] of edges.slice(at + 1)) if ((from - otherFrom) * (to - otherTo) < 0) count += 1;
  }
  return count;
}
