/** Something that has a place of its own in a row: a node, the label of an edge, or where an edge passes the row. */
export interface Item {
  readonly kind: "node" | "label" | "bend";
  readonly row: number;
  readonly width: number;
  readonly height: number;
  /** What it stays together with, from left to right, in every row of its stage. */
  readonly band: string;
  /** Whether a frame is drawn around its band. */
  readonly isFramed?: true;
  /** The items of the rows next to it that it is joined with, by their places in the list of items. */
  readonly up: number[];
  readonly down: number[];
}

/** Rows that share their bands: those of groups side by side, or a row of labels between two of these. */
export interface Stage {
  readonly rows: readonly number[];
}
