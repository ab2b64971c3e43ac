import { assumedOf, type Entity } from "@archwright/model";

/** Whether reading all rows costs nothing worth an index: they fit into a few pages of 8 KB. Where the model does not say, they may not. */
export function isSmallTable({ expected }: Entity): boolean {
  return expected !== undefined && expected.growthPerSecond === undefined && assumedOf(expected.rows) <= smallRowsMax;
}

const smallRowsMax = 1_000;
