import type { Operation } from "@archwright/model";
import { repetitionOf } from "../../facts/repetition.ts";
import { code, type Prose } from "../block.ts";
import type { Subject } from "../section.ts";
import type { CallCrossing } from "./crossings.ts";
import { decisionOn, toRecord } from "./decided.ts";
import { codes, inTurn, prose } from "./prose.ts";

/** What happens when a third party does not answer, in one line: what was decided, and what it means to those who call. */
export function whenCallFails({ integration, call, callers }: CallCrossing, { design, facts }: Subject): Prose {
  const fallback = decisionOn(design, "fallback", integration.name);
  const timeout = decisionOn(design, "timeout", call.id);
  const retries = decisionOn(design, "retries", call.id);
  const byEvents = callers.filter(
    (id) => facts.items.operations.get(id)?.allow.kind === "system" && facts.events.reactionsBy(id).length > 0,
  );
  return inTurn([
    timeout && prose("given up after ", toRecord(timeout)),
    retries && toRecord(retries),
    fallback && toRecord(fallback),
    byEvents.length > 0 && prose("the event that set ", codes(byEvents), " going comes again"),
  ]);
}

/** What a caller may do who never got an answer. */
export function whenAnswerIsLost(operation: Operation, { facts }: Pick<Subject, "facts">): Prose {
  if (operation.kind === "query") return "ask again";
  if (operation.idempotent === "required") return prose("send it again under the same ", code("Idempotency-Key"));
  switch (repetitionOf(operation, facts.items)) {
    case "safe":
      return "send it again: a second run changes nothing, or is refused";
    case "repeats":
      return "look first whether it was done: a second run acts again";
    case "unknown":
      return "look first whether it was done: the model does not say what a second run does";
  }
}
