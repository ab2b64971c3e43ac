import fc from "fast-check";
import { expect, test } from "vitest";
import { type HeapNode, IndexedHeap, outsideHeap } from "./indexed-heap.ts";

test("law: after any pushes, moves and removals the nodes come out in order, and know that they are out", () => {
  const anyStep = fc.record({
    kind: fc.constantFrom("push", "push", "push", "rerank", "remove"),
    pick: fc.nat(),
    rank: fc.nat({ max: 50 }),
  });
  const steps = fc.array(anyStep, { maxLength: 100, size: "max" });
  fc.assert(
    fc.property(steps, (history) => {
      const heap = new IndexedHeap<HeapNode>();
      const held: HeapNode[] = [];
      const removed: HeapNode[] = [];
      for (const { kind, pick, rank } of history) {
        const picked = held[pick % Math.max(1, held.length)];
        if (kind === "push" || picked === undefined) {
          const node = { rank, ...outsideHeap };
          held.push(node);
          heap.push(node);
        } else if (kind === "rerank") {
          heap.rerank(picked, rank);
        } else {
          heap.remove(picked);
          removed.push(...held.splice(held.indexOf(picked), 1));
        }
        expect(heap.top?.rank).toBe(held.length === 0 ? undefined : Math.min(...held.map((node) => node.rank)));
      }
      expect(removed.every((node) => node.place === -1)).toBe(true);
      const ranks = held.map((node) => node.rank).sort((left, right) => left - right);
      for (const rank of ranks) {
        const top = heap.top;
        expect(top?.rank).toBe(rank);
        if (top !== undefined) {
          heap.remove(top);
        }
      }
      expect(heap.top).toBeUndefined();
    }),
  );
});
