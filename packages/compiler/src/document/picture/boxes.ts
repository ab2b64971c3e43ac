import type { Graph } from "../block.ts";
import { widthOf, wrapped } from "./text-width.ts";

export type Node = Graph["nodes"][number];

/** A node or a label with its lines, and how much room they take. */
export interface Box {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly text: string;
  readonly size: number;
  readonly isTitle: boolean;
}

export const titleSize = 14;
export const detailSize = 12;
export const groupSize = 13;
export const lineHeight = 1.3;
const titleWidthMax = 168;
const detailWidthMax = 180;

/** What each shape needs beside its text: the head of a person, the lid of a store. */
const shapes: { readonly [S in Node["shape"]]: { readonly x: number; readonly top: number; readonly bottom: number } } = {
  box: { x: 14, top: 11, bottom: 11 },
  store: { x: 14, top: 22, bottom: 14 },
  person: { x: 16, top: 34, bottom: 10 },
  outside: { x: 16, top: 11, bottom: 11 },
  queue: { x: 22, top: 11, bottom: 11 },
};

/** Where the text begins below the upper edge. */
export const textTop = ({ shape }: Pick<Node, "shape">): number => shapes[shape].top;

/** The first line of what an author wrote is the name, the others say what it is. */
export function nodeBox({ label, shape }: Pick<Node, "label" | "shape">): Box {
  const [title = "", ...details] = label.split("\n");
  const lines: readonly Line[] = [
    ...wrapped(title, titleSize, titleWidthMax).map((text) => ({ text, size: titleSize, isTitle: true })),
    ...details.flatMap((detail) => wrapped(detail, detailSize, detailWidthMax)).map((text) => ({ text, size: detailSize, isTitle: false })),
  ];
  const { x, top, bottom } = shapes[shape];
  const { width, height } = measured(lines);
  return { lines, width: Math.max(92, width + 2 * x), height: height + top + bottom };
}

export function labelBox(label: string, widthMax = 150): Box {
  const lines = wrapped(label, detailSize, widthMax).map((text) => ({ text, size: detailSize, isTitle: false }));
  const { width, height } = measured(lines);
  return { lines, width: width + 10, height: height + 4 };
}

function measured(lines: readonly Line[]): { readonly width: number; readonly height: number } {
  return {
    width: Math.ceil(Math.max(0, ...lines.map(({ text, size, isTitle }) => widthOf(text, size) * (isTitle ? 1.06 : 1)))),
    height: Math.ceil(lines.reduce((total, { size }) => total + size * lineHeight, 0)),
  };
}
