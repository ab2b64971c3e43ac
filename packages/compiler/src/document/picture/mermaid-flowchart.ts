import { nodeId, quoted } from "../../emit/mermaid/label.ts";
import { render, type Block } from "../../emit/text.ts";
import type { Graph } from "../block.ts";

/** A picture in the words of Mermaid. */
export function flowchart({ nodes, groups, edges }: Graph): string {
  const line = ({ id, label, shape }: Graph["nodes"][number]): Block => `${nodeId("n", id)}${shapes[shape](quoted(...label.split("\n")))}`;
  const known = new Set(groups.map(({ id }) => id));
  const free = nodes.filter(({ inside }) => inside === undefined || !known.has(inside));
  return render([
    "flowchart TB",
    [
      ...free.map(line),
      ...groups.flatMap(({ id, label }) => [
        `subgraph ${nodeId("g", id)}[${quoted(label)}]`,
        nodes.filter(({ inside }) => inside === id).map(line),
        "end",
      ]),
      ...edges.map(({ from, to, label, line: drawn }) => {
        const arrow = drawn === "dashed" ? "-.->" : "-->";
        return `${nodeId("n", from)} ${arrow}${label === undefined || label === "" ? "" : `|${quoted(...label.split("\n"))}|`} ${nodeId("n", to)}`;
      }),
    ],
  ]);
}

const shapes: { readonly [S in Graph["nodes"][number]["shape"]]: (text: string) => string } = {
  box: (text) => `[${text}]`,
  store: (text) => `[(${text})]`,
  person: (text) => `([${text}])`,
  outside: (text) => `{{${text}}}`,
  queue: (text) => `>${text}]`,
};
