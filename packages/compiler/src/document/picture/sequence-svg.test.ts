import { expect, test } from "vitest";
import type { Sequence } from "../block.ts";
import { planned, sequenceSvg } from "./sequence-svg.ts";

const sequence: Sequence = {
  participants: [
    { id: "a", label: "client" },
    { id: "b", label: "orders" },
    { id: "c", label: "PostgreSQL" },
  ],
  messages: [
    { from: "a", to: "b", text: "POST /orders, with a rather long text that has to be broken into several lines", line: "solid" },
    { from: "b", to: "b", text: "<check>", line: "solid" },
    { from: "b", to: "c", text: "create Order", line: "solid" },
    { from: "b", to: "a", text: "201 Order", line: "dashed" },
  ],
};

test("messages stand below each other, each with room for its text", () => {
  const { rows } = planned(sequence);
  for (const [index, { top }] of rows.slice(1).entries()) expect(top).toBeGreaterThan(rows[index]?.bottom ?? Infinity);
});

test("participants stand so far apart that no text reaches over their lines", () => {
  const { columns, rows } = planned(sequence);
  for (const { from, to, box } of rows.filter((row) => row.from !== row.to)) expect(Math.abs(from - to)).toBeGreaterThanOrEqual(box.width);
  const [, , last] = columns;
  const [, self] = rows;
  expect((self?.from ?? 0) + 34 + (self?.box.width ?? 0)).toBeLessThanOrEqual(last?.x ?? 0);
});

test("what a model says is text", () => {
  const drawn = sequenceSvg(sequence, 'a "title"');
  expect(drawn).toContain("&lt;check&gt;");
  expect(drawn).toContain("a &quot;title&quot;");
  expect(drawn).not.toContain("<check>");
});

test("a message of somebody who does not take part is left out", () => {
  expect(planned({ ...sequence, messages: [{ from: "a", to: "nobody", text: "hello", line: "solid" }] }).rows).toEqual([]);
});
