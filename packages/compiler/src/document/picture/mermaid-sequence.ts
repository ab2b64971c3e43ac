import { label, nodeId, sentence } from "../../emit/mermaid/label.ts";
import { render } from "../../emit/text.ts";
import type { Sequence } from "../block.ts";

/** Who speaks to whom, in the words of Mermaid. */
export function sequenceDiagram({ participants, messages }: Sequence): string {
  return render([
    "sequenceDiagram",
    [
      ...participants.map(({ id, label: words }) => `participant ${nodeId("p", id)} as ${label(words.replaceAll("\n", ", "))}`),
      ...messages.map(
        ({ from, to, text, line }) =>
          `${nodeId("p", from)} ${line === "dashed" ? "-->>" : "->>"} ${nodeId("p", to)} : ${sentence(text) || "…"}`,
      ),
    ],
  ]);
}
