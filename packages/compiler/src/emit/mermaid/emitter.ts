import { factsOf } from "../../facts/facts.ts";
import type { Emitter } from "../emitter.ts";
import { emitContainers } from "./containers.ts";
import { emitContextMap } from "./context-map.ts";
import { emitEntities } from "./entities.ts";
import { emitSequences } from "./sequences.ts";
import { emitStates } from "./states.ts";

export const mermaid: Emitter = {
  name: "mermaid",
  title: "Diagrams of the contexts, the containers, the entities, each command and each lifecycle",
  emit(model, stamp) {
    const facts = factsOf(model);
    const diagrams = [
      { path: "context-map.mmd", text: emitContextMap(facts, stamp) },
      { path: "containers.mmd", text: emitContainers(model, stamp) },
      { path: "entities.mmd", text: emitEntities(model, stamp) },
      ...emitSequences(facts, stamp),
      ...emitStates(facts, stamp),
    ];
    return diagrams.map((diagram) => ({ ...diagram, mediaType: "text/vnd.mermaid" }));
  },
};
