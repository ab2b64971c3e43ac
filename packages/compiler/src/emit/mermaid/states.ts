import type { Step } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import type { Artefact, Stamp } from "../emitter.ts";
import { safeName } from "../safe-name.ts";
import { render } from "../text.ts";
import { heading, label, nodeId, quoted } from "./label.ts";

/** One diagram for each lifecycle, with the operations that move a row along it. */
export function emitStates(facts: Facts, { hash }: Stamp): readonly Pick<Artefact, "path" | "text">[] {
  return facts.lifecycles.map(({ entity, field, initial, moves }) => ({
    path: `states/${safeName(`${entity}.${field}`)}.mmd`,
    text: render([
      ...heading(`${entity}: ${field}`, hash),
      "stateDiagram-v2",
      [
        ...Object.keys(moves).map((state) => `state ${quoted(state)} as ${nodeId("s", state)}`),
        `[*] --> ${nodeId("s", initial)}`,
        ...Object.entries(moves).flatMap(([from, nexts]) => nexts.map((to) => moveLine(from, to, moversTo(facts, entity, field, to)))),
        ...Object.entries(moves).flatMap(([state, nexts]) => (nexts.length === 0 ? [`${nodeId("s", state)} --> [*]`] : [])),
      ],
    ]),
  }));
}

function moveLine(from: string, to: string, movers: readonly string[]): string {
  const arrow = `${nodeId("s", from)} --> ${nodeId("s", to)}`;
  return movers.length === 0 ? arrow : `${arrow} : ${label(movers.join(", "))}`;
}

/** The operations and jobs that move a row to a state. A transition starts from every state that may lead there. */
function moversTo({ bodies }: Facts, entity: string, field: string, state: string): readonly string[] {
  const moves = (step: Step): boolean => step.kind === "transition" && step.entity === entity && step.to[field] === state;
  return bodies.filter(({ steps }) => steps.some(moves)).map(({ item }) => item);
}
