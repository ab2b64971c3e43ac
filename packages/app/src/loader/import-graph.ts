import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";

/** One import by a file of the author, or the entry itself. */
export interface ImportEdge {
  readonly from: string | undefined;
  readonly to: string;
  readonly specifier: string;
}

/** Who imports whom, as the hooks have seen it. */
export class ImportGraph {
  readonly #port: MessagePort;
  readonly #isAuthored: (file: string) => boolean;
  #edges: ImportEdge[] = [];

  constructor(port: MessagePort, isAuthored: (file: string) => boolean) {
    this.#port = port;
    this.#isAuthored = isAuthored;
  }

  /** Every file of the author that took part, in the order of the alphabet. */
  files(): readonly string[] {
    return [...new Set(this.edges().map(({ to }) => to))].filter(this.#isAuthored).sort();
  }

  edges(): readonly ImportEdge[] {
    for (let message = receiveMessageOnPort(this.#port); message; message = receiveMessageOnPort(this.#port))
      this.#edges.push(message.message);
    return this.#edges;
  }

  /** The shortest way from a file back to itself, as the imports on it, or nothing. */
  circleThrough(file: string): readonly ImportEdge[] | undefined {
    const edges = this.edges();
    let ways: ImportEdge[][] = edges.filter(({ from }) => from === file).map((edge) => [edge]);
    const seen = new Set<string>();
    while (ways.length > 0) {
      const back = ways.find((way) => way.at(-1)?.to === file);
      if (back) return back;
      ways = ways.flatMap((way) => {
        const end = way.at(-1)?.to;
        if (end === undefined || seen.has(end)) return [];
        seen.add(end);
        return edges.filter(({ from }) => from === end).map((edge) => [...way, edge]);
      });
    }
    return undefined;
  }
}
