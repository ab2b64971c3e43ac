export interface HeapNode {
  /** The node with the lowest rank is on top. To be changed through `IndexedHeap.rerank` while the node is in a heap. */
  rank: number;
  /** Given by the heap: among equal ranks, who came first is above. */
  turn: number;
  /** Given by the heap: where the node lies in it; -1 if it lies in none. */
  place: number;
}

/** What a node starts with that is in no heap. */
export const outsideHeap = { turn: 0, place: -1 };

/** A stable binary heap whose nodes know their place, so that any of them can be moved or taken out in logarithmic time. */
export class IndexedHeap<Node extends HeapNode> {
  readonly #nodes: Node[] = [];
  #nextTurn = 0;

  get top(): Node | undefined {
    return this.#nodes[0];
  }

  get size(): number {
    return this.#nodes.length;
  }

  push(node: Node): void {
    node.turn = this.#nextTurn;
    this.#nextTurn += 1;
    this.#nodes.push(node);
    this.#rise(node, this.#nodes.length - 1);
  }

  rerank(node: Node, rank: number): void {
    node.rank = rank;
    this.#rise(node, node.place);
    this.#sink(node, node.place);
  }

  remove(node: Node): void {
    const last = this.#nodes.pop();
    if (last !== undefined && last !== node) {
      this.#rise(last, node.place);
      this.#sink(last, last.place);
    }
    node.place = -1;
  }

  #rise(node: Node, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#nodes[above];
      if (parent === undefined || isAbove(parent, node)) {
        break;
      }
      this.#put(parent, place);
      place = above;
    }
    this.#put(node, place);
  }

  #sink(node: Node, from: number): void {
    let place = from;
    for (;;) {
      const child = this.#upperChild(place);
      if (child === undefined || isAbove(node, child)) {
        break;
      }
      const below = child.place;
      this.#put(child, place);
      place = below;
    }
    this.#put(node, place);
  }

  #upperChild(place: number): Node | undefined {
    const left = this.#nodes[2 * place + 1];
    const right = this.#nodes[2 * place + 2];
    return left !== undefined && right !== undefined && isAbove(right, left) ? right : left;
  }

  #put(node: Node, place: number): void {
    this.#nodes[place] = node;
    node.place = place;
  }
}

function isAbove(node: HeapNode, other: HeapNode): boolean {
  return node.rank < other.rank || (node.rank === other.rank && node.turn < other.turn);
}
