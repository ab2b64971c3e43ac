import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Graph } from "../block.ts";
import { layoutOf, type Layout, type Rectangle } from "./layout.ts";

const shapes = ["box", "store", "person", "outside", "queue"] as const;

const graphs: fc.Arbitrary<Graph> = fc
  .record({
    nodes: fc.array(
      fc.record({
        label: fc.string({ maxLength: 60 }),
        shape: fc.constantFrom(...shapes),
        inside: fc.option(fc.nat(3), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    groups: fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }),
    edges: fc.array(
      fc.record({
        from: fc.nat(13),
        to: fc.nat(13),
        label: fc.option(fc.string({ maxLength: 50 }), { nil: undefined }),
        line: fc.constantFrom("solid" as const, "dashed" as const),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ nodes, groups, edges }) => ({
    nodes: nodes.map(({ label, shape, inside }, index) => ({
      id: `n${index}`,
      label,
      shape,
      ...(inside !== undefined && { inside: `g${inside}` }),
    })),
    groups: groups.map((label, index) => ({ id: `g${index}`, label })),
    edges: edges.map(({ from, to, label, line }) => ({
      from: `n${from % nodes.length}`,
      to: `n${to % nodes.length}`,
      line,
      ...(label !== undefined && { label }),
    })),
  }));

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width - 0.2 &&
  other.x < one.x + one.width - 0.2 &&
  one.y < other.y + other.height - 0.2 &&
  other.y < one.y + one.height - 0.2;

function overlaps(rectangles: readonly Rectangle[]): readonly (readonly [number, number])[] {
  return rectangles.flatMap((one, index) =>
    rectangles.slice(index + 1).flatMap((other, at) => (overlap(one, other) ? [[index, index + 1 + at] as const] : [])),
  );
}

const nodeOf = (layout: Layout, id: string): Rectangle =>
  layout.nodes.find(({ node }) => node.id === id) ?? { x: 0, y: 0, width: 0, height: 0 };

/** Whether a point is on the edge of a rectangle, a rounding apart. */
function touches({ x, y, width, height }: Rectangle, point: { readonly x: number; readonly y: number } | undefined): boolean {
  if (!point) return false;
  const [inX, inY] = [point.x > x - 0.3 && point.x < x + width + 0.3, point.y > y - 0.3 && point.y < y + height + 0.3];
  const onBorder =
    Math.min(Math.abs(point.y - y), Math.abs(point.y - y - height), Math.abs(point.x - x), Math.abs(point.x - x - width)) < 0.3;
  return inX && inY && onBorder;
}

describe("whatever the graph", () => {
  const always = (holds: (layout: Layout, graph: Graph) => void): void =>
    fc.assert(
      fc.property(graphs, (graph) => holds(layoutOf(graph), graph)),
      { numRuns: 150 },
    );

  test("no two nodes overlap, nor a label and a node, nor two labels", () => {
    always(({ nodes, edges }) => {
      expect(overlaps([...nodes, ...edges.flatMap(({ label }) => label ?? [])])).toEqual([]);
    });
  });

  test("every edge begins and ends at its nodes", () => {
    always((layout, graph) => {
      expect(layout.edges).toHaveLength(graph.edges.length);
      for (const { edge, points } of layout.edges) {
        expect(touches(nodeOf(layout, edge.from), points[0])).toBe(true);
        expect(touches(nodeOf(layout, edge.to), points.at(-1))).toBe(true);
      }
    });
  });

  test("a group holds its own nodes and no others, and groups lie apart", () => {
    always(({ nodes, groups }) => {
      expect(overlaps(groups)).toEqual([]);
      for (const { group, ...frame } of groups)
        for (const { node, ...place } of nodes) expect(overlap(frame, place), `${node.id} and ${group.id}`).toBe(node.inside === group.id);
    });
  });

  test("everything is within the picture", () => {
    always(({ width, height, nodes, groups, edges }) => {
      const ends = [...nodes, ...groups, ...edges.flatMap(({ label }) => label ?? [])];
      for (const one of ends) {
        expect(Math.min(one.x, one.y)).toBeGreaterThanOrEqual(0);
        expect(one.x + one.width).toBeLessThanOrEqual(width);
        expect(one.y + one.height).toBeLessThanOrEqual(height);
      }
    });
  });

  test("the same graph is drawn the same way", () => {
    always((layout, graph) => {
      expect(layoutOf(graph)).toEqual(layout);
    });
  });
});

const box = (id: string): Graph["nodes"][number] => ({ id, label: id, shape: "box" });
const edge = (from: string, to: string): Graph["edges"][number] => ({ from, to, line: "solid" });

test("what is asked lies below whoever asks", () => {
  const layout = layoutOf({
    nodes: [box("store"), box("api"), box("client")],
    groups: [],
    edges: [edge("api", "store"), edge("client", "api")],
  });
  expect([...layout.nodes].sort((left, right) => left.y - right.y).map(({ node }) => node.id)).toEqual(["client", "api", "store"]);
});

test("an edge that closes a circle leads up", () => {
  const { edges } = layoutOf({ nodes: [box("a"), box("b")], groups: [], edges: [edge("a", "b"), edge("b", "a")] });
  expect(edges.map(({ points }) => Math.sign((points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0)))).toEqual([1, -1]);
});

test("an edge that passes a row does not pass through a node of it", () => {
  const graph: Graph = { nodes: ["a", "b", "c"].map(box), groups: [], edges: [edge("a", "b"), edge("b", "c"), edge("a", "c")] };
  const layout = layoutOf(graph);
  const between = nodeOf(layout, "b");
  const long = layout.edges.find(({ edge: one }) => one.from === "a" && one.to === "c");
  const passing = long?.points.filter(({ y }) => y >= between.y && y <= between.y + between.height) ?? [];
  expect(passing.length).toBeGreaterThan(0);
  expect(passing.filter(({ x }) => x > between.x && x < between.x + between.width)).toEqual([]);
});

test("more nodes than a page is wide stand in several rows", () => {
  const { width } = layoutOf({ nodes: Array.from({ length: 20 }, (_, index) => box(`context${index}`)), groups: [], edges: [] });
  expect(width).toBeLessThan(1_000);
});

test("nothing is drawn of nothing", () => {
  expect(layoutOf({ nodes: [], groups: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
});
