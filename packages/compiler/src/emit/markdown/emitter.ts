import type { Emitter } from "../emitter.ts";
import { emitModelPage } from "./model-page.ts";

export const markdown: Emitter = {
  name: "markdown",
  title: "The model as tables",
  emit: (model, stamp) => [{ path: "model.md", mediaType: "text/markdown", text: emitModelPage(model, stamp) }],
};
